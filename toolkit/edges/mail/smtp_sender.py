"""Sends mails (smtplib), one at a time, and says of each what the server made of it."""

import smtplib
import ssl
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from toolkit.edges.mail.mail_settings import SMTP_PASSWORD, password
from toolkit.edges.mail.server_connection import PATIENCE, tls_of, unreachable, wrong_password
from toolkit.model.command_error import CommandError
from toolkit.model.letter import Answer, State
from toolkit.model.mail_server import MailSettings, Server

_MIB = 1 << 20
_BROKEN = (smtplib.SMTPServerDisconnected, OSError)


class MailSender:
    """A line to the SMTP server; opened when the first mail is sent, opened again when it was cut."""

    def __init__(self, post: MailSettings, server: Server) -> None:
        self._post, self._server = post, server
        self._line: smtplib.SMTP | None = None
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take leave of the server."""
        if self._line is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._line.quit()
            self._hang_up()

    def call(self) -> None:
        """Make sure that the line is open, waiting as long as the rate asks for. Raises CommandError when the server cannot be reached or lets nobody in."""
        pause = 60.0 / self._post.rate - (time.monotonic() - self._last) if self._post.rate and self._last else 0.0
        if pause > 0:
            time.sleep(pause)
        self._last = time.monotonic()
        if not self._is_open():
            self._hang_up()
            self._line = self._open()

    def send(self, sender: str, to: tuple[str, ...], content: bytes) -> Answer:
        """Send one mail to its addressee (the first) and copies; `call` comes before. A copy that is refused does not hold the mail up, an addressee does."""
        line = self._line
        if line is None:
            return Answer(State.PLANNED, "没有连上服务器")
        largest = min(self._post.largest * _MIB or len(content), int(line.esmtp_features.get("size") or 0) or len(content))
        if len(content) > largest:
            return Answer(State.REFUSED, f"邮件有 {len(content) / _MIB:.0f} MB，超过了 {largest / _MIB:.0f} MB 的限度")
        try:
            refused = self._envelope(line, sender, to)
        except _BROKEN:
            self._hang_up()
            return Answer(State.PLANNED, "发送前连接断了")
        return refused or self._content(line, content)

    def _envelope(self, line: smtplib.SMTP, sender: str, to: tuple[str, ...]) -> Answer | None:
        """Name sender and addressees; gives the answer when the server refuses one that matters."""
        code, content = line.mail(sender)
        if code < 400:
            code, content = line.rcpt(to[0])
        if code >= 400:
            line.rset()
            return _answer(code, content)
        for copy in to[1:]:
            line.rcpt(copy)
        return None

    def _content(self, line: smtplib.SMTP, content: bytes) -> Answer:
        try:
            code, reply = line.data(content)
        except smtplib.SMTPDataError as error:
            return _answer(error.smtp_code, error.smtp_error)
        except _BROKEN:
            self._hang_up()
            return Answer(State.DOUBTFUL, "发送中连接断了，服务器没有答复")
        return _answer(code, reply)

    def _is_open(self) -> bool:
        try:
            return self._line is not None and self._line.noop()[0] < 400
        except _BROKEN:
            return False

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None

    def _open(self) -> smtplib.SMTP:
        server = self._server
        secret = password(SMTP_PASSWORD, server) if server.user else ""
        tls = tls_of(server)
        try:
            line = _reach(server, tls)
        except (smtplib.SMTPException, OSError) as error:
            raise unreachable(server, error) from error
        try:
            if server.security == "starttls":
                line.starttls(context=tls)
            line.ehlo_or_helo_if_needed()
            if server.user:
                line.login(server.user, secret)
        except (smtplib.SMTPException, OSError) as error:
            line.close()
            raise _refusal(server, error) from error
        return line


def _reach(server: Server, tls: ssl.SSLContext) -> smtplib.SMTP:
    if server.security == "ssl":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=tls)
    return smtplib.SMTP(server.host, server.port, timeout=PATIENCE)


def _refusal(server: Server, error: Exception) -> CommandError:
    """Say why the server did not let us in."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return wrong_password(server, SMTP_PASSWORD)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        remedy = "请核对 settings.toml 里的 smtp_security、smtp_port 和 user。"
        return CommandError(f"邮件服务器 {server.host} 不支持 {server.security} 加密，或不需要登录。", remedy)
    return unreachable(server, error)


def _answer(code: int, content: bytes | str) -> Answer:
    """Judge a server's answer: 2xx taken, 4xx not now, 5xx never."""
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    words = " ".join(f"{code} {text}".split())[:300]
    return Answer(State.SENT if code < 400 else State.PLANNED if code < 500 else State.REFUSED, words)
