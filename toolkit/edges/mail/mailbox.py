"""Reads a mailbox (imap-tools) without changing anything in it: nothing is marked, moved or deleted."""

import imaplib
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from toolkit.edges.mail.mail_settings import IMAP_PASSWORD, password
from toolkit.edges.mail.server_connection import PATIENCE, tls_of, unreachable, wrong_password
from toolkit.model.command_error import CommandError
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.mail_server import MailFolder, Server

_T = TypeVar("_T")
_SIZE = lazy_pattern(rb"RFC822\.SIZE (\d+)")


class MailHeader(NamedTuple):
    """A message before it is read: its size in bytes, and when the server took it in."""

    size: int
    arrived: datetime


class Mailbox:
    """An open folder of the IMAP server."""

    def __init__(self, server: Server, folder: str) -> None:
        self._server, self._folder = server, folder
        self._box: Any = None
        self.where = MailFolder("", "", 0)

    def __enter__(self) -> Self:
        """Log in and open the folder for reading only. Raises CommandError when that cannot be."""
        from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

        secret = password(IMAP_PASSWORD, self._server)
        try:
            self._box = _reach(self._server)
            self._box.login(self._server.user, secret, initial_folder=None)
            self._box.folder.set(self._folder, readonly=True)
            status = self._box.folder.status(self._folder, ["UIDVALIDITY"])
        except Exception as error:
            self._leave()
            if isinstance(error, MailboxLoginError):
                raise wrong_password(self._server, IMAP_PASSWORD) from error
            if isinstance(error, MailboxFolderSelectError):
                raise CommandError(f"邮箱里没有“{self._folder}”这个邮件夹。", "请核对 settings.toml 里的 folder；收件箱一般写 INBOX。") from error
            if isinstance(error, (OSError, imaplib.IMAP4.error)):
                raise unreachable(self._server, error) from error
            raise
        self.where = MailFolder(f"{self._server.user}@{self._server.host}", self._folder, status["UIDVALIDITY"])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take leave of the server."""
        self._leave()

    def uids(self, since: date) -> list[int]:
        """List the messages that came on a day or later, oldest first. Raises CommandError when the line is cut."""
        from imap_tools import AND

        return sorted(self._asked(lambda: [int(uid) for uid in self._box.uids(AND(date_gte=since))]))

    def head(self, uid: int) -> MailHeader:
        """Ask for a message's size in bytes and its arrival (local time; 1970 where the server does not tell). Raises CommandError when the line is cut."""
        data = b" ".join(part for part in self._fetch(uid, "(RFC822.SIZE INTERNALDATE)") if isinstance(part, bytes))
        size, stamp = _SIZE.search(data), imaplib.Internaldate2tuple(data)
        arrived = datetime(*stamp[:6]) if stamp else datetime(1970, 1, 1)  # noqa: DTZ001 - local time, like every file's
        return MailHeader(int(size[1]) if size else 0, arrived)

    def content(self, uid: int, part: str = "") -> bytes:
        """Read a whole message, or its HEADER, and leave it as unread as it was. Raises CommandError when the line is cut."""
        found = [item[1] for item in self._fetch(uid, f"(BODY.PEEK[{part}])") if isinstance(item, tuple)]
        return bytes(found[0]) if found else b""

    def _fetch(self, uid: int, what: str) -> list[Any]:
        return list(self._asked(lambda: self._box.client.uid("FETCH", str(uid), what))[1])

    def _asked(self, ask: Callable[[], _T]) -> _T:
        try:
            return ask()
        except (OSError, imaplib.IMAP4.error) as error:
            raise unreachable(self._server, error) from error

    def _leave(self) -> None:
        if self._box is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                self._box.client.logout()
            with suppress(OSError):
                self._box.client.shutdown()


def _reach(server: Server) -> Any:
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if server.security == "ssl":
        return MailBox(server.host, server.port, timeout=PATIENCE, ssl_context=tls_of(server))
    if server.security == "starttls":
        return MailBoxStartTls(server.host, server.port, timeout=PATIENCE, ssl_context=tls_of(server))
    return MailBoxUnencrypted(server.host, server.port, timeout=PATIENCE)
