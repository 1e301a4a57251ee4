"""The line to a mail server: its certificate is checked, and what goes wrong in reaching it is said in Chinese."""

import socket
import ssl

from toolkit.model.command_error import CommandError
from toolkit.model.mail_server import Server

PATIENCE = 60.0  # seconds without a word from the server
_EXPIRED, _SELF_SIGNED, _NO_ISSUER, _WRONG_NAME = 10, {18, 19}, {20, 21}, {62, 64}  # OpenSSL's X509_V_ERR_*


def tls_of(server: Server) -> ssl.SSLContext:
    """Give the rules of encryption: the system's authorities, and the office's own where it names one. Raises CommandError where that is no certificate."""
    context = ssl.create_default_context()
    if server.authority:
        try:
            context.load_verify_locations(server.authority)
        except (ssl.SSLError, OSError) as error:
            raise CommandError(f"证书文件“{server.authority}”读不出来。", "请核对 settings.toml 里的 authority，应是 PEM 格式的证书。") from error
    return context


def unreachable(server: Server, error: Exception) -> CommandError:
    """Make the error that says in Chinese why a server could not be reached, and what to do; it is not raised here."""
    where = f"邮件服务器 {server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        remedy = "请向邮件管理员核实；单位自签的证书可在 settings.toml 的 authority 写明。"
        return CommandError(f"{where} 的证书不可信：{_certificate(error.verify_code)}。没有发送密码和邮件。", remedy)
    if isinstance(error, ssl.SSLError):
        return CommandError(f"{where} 不能建立加密连接。", "请核对 settings.toml 里的端口和 security（ssl 还是 starttls）。")
    if isinstance(error, socket.gaierror):
        return CommandError(f"找不到邮件服务器“{server.host}”。", "请核对 settings.toml 里的服务器名，并检查网络。")
    if isinstance(error, ConnectionRefusedError):
        return CommandError(f"{where} 拒绝连接。", "请核对 settings.toml 里的端口，或请邮件管理员检查服务器。")
    if isinstance(error, TimeoutError):
        return CommandError(f"{where} 没有回应。", "请检查网络和防火墙，核对端口，再运行一次。")
    return CommandError(f"与{where} 的连接断了。", "请检查网络，再运行一次；已经做完的不会重复。")


def wrong_password(server: Server, variable: str) -> CommandError:
    """Make the error for a server that did not take user and password; `variable` is the environment variable of the password."""
    remedy = f"请核对 settings.toml 里的 user 和环境变量 {variable}；多数邮箱要填授权码，不是登录密码。"
    return CommandError(f"邮件服务器 {server.host} 不接受邮箱“{server.user}”的用户名或密码。", remedy)


def _certificate(code: int) -> str:
    if code == _EXPIRED:
        return "证书已过期"
    if code in _SELF_SIGNED:
        return "证书是自签的"
    if code in _NO_ISSUER:
        return "不认识签发它的机构"
    return "证书不是发给这台服务器的" if code in _WRONG_NAME else "没有通过检查"
