"""Reads section [mail] of settings.toml, and passwords from the environment or the system's keyring."""

import os
from collections.abc import Mapping

from toolkit.edges.workspace import Workspace
from toolkit.model.command_error import CommandError
from toolkit.model.mail_server import MailSettings, Server

SMTP_PASSWORD, IMAP_PASSWORD = "TASK_TOOLKIT_SMTP_PASSWORD", "TASK_TOOLKIT_IMAP_PASSWORD"
_SERVICE = "task-toolkit"
_PORTS = {"smtp": {"starttls": 587, "ssl": 465, "none": 25}, "imap": {"starttls": 143, "ssl": 993, "none": 143}}


def load_post(space: Workspace) -> MailSettings:
    """Read how mail is sent and fetched. Raises CommandError for a setting that cannot be."""
    section = space.settings().get("mail", {})
    if not isinstance(section, dict):
        raise CommandError("settings.toml 里的 mail 应是一节。", "请写成 [mail]，下面每行一项设置。")
    sender = _text(section, "from") or _text(section, "user")
    smtp, imap = _server(section, "smtp", space), _server(section, "imap", space)
    if smtp and "@" not in sender:
        raise CommandError("settings.toml 里没有写发信地址。", '请在 [mail] 一节填写 from，例如 from = "bgs@example.com"。')
    rate, largest = _number(section, "rate", 30), _number(section, "largest", 50)
    return MailSettings(smtp, imap, sender, _text(section, "folder") or "INBOX", rate, largest, _text(section, "leader"))


def password(variable: str, server: Server) -> str:
    """Give a server's password from the environment, else from the keyring under task-toolkit and the user's name. Raises CommandError when neither has it."""
    found = os.environ.get(variable) or _from_keyring(server.user)
    if not found:
        raise CommandError(f"没有邮箱“{server.user}”的密码。", f"请把密码（或邮箱的授权码）写进环境变量 {variable}，或存入系统钥匙串（服务名 {_SERVICE}）。")
    return found


def _from_keyring(user: str) -> str:
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return ""
    try:
        return keyring.get_password(_SERVICE, user) or ""
    except keyring.errors.KeyringError:
        return ""


def _server(mapping: Mapping[str, object], name: str, space: Workspace) -> Server | None:
    host = _text(mapping, name)
    if not host:
        return None
    security = _text(mapping, f"{name}_security") or "ssl"
    if security not in _PORTS[name]:
        raise CommandError(f"settings.toml 里的 {name}_security 不能是“{security}”。", "可以填：ssl、starttls、none。")
    authority = _text(mapping, "authority")
    if authority and not (space.root / authority).is_file():
        raise CommandError(f"settings.toml 里 authority 写的证书文件“{authority}”不存在。", "请核对路径，或留空。")
    port = _number(mapping, f"{name}_port", 0) or _PORTS[name][security]
    user = _text(mapping, f"{name}_user") if f"{name}_user" in mapping else _text(mapping, "user")  # an inner relay may need no login
    return Server(host, port, security, user, str(space.root / authority) if authority else "")


def _text(mapping: Mapping[str, object], name: str) -> str:
    value = mapping.get(name, "")
    if not isinstance(value, str):
        raise CommandError(f"settings.toml 里的 {name} 不能是“{value}”。", "请写成带引号的文字。")
    return value.strip()


def _number(mapping: Mapping[str, object], name: str, default: int) -> int:
    value = mapping.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise CommandError(f"settings.toml 里的 {name} 不能是“{value}”。", "请写 0 或正整数，不加引号。")
    return value
