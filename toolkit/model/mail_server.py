"""How the office's mail is reached, as settings.toml says it; passwords are no part of it."""

from dataclasses import dataclass
from typing import NamedTuple


class Server(NamedTuple):
    """A mail server; `security` is starttls, ssl or none, `authority` the file of a certificate authority of the office's own, or ''."""

    host: str
    port: int
    security: str
    user: str
    authority: str = ""


class MailFolder(NamedTuple):
    """A folder of a user on a server; the UIDs in it are good as long as `uidvalidity` stays."""

    server: str
    folder: str
    uidvalidity: int


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The whole section [mail]; a server is None where none is set. `rate` is mails a minute, 0 without limit; `largest` is MiB of one mail."""

    smtp: Server | None = None
    imap: Server | None = None
    sender: str = ""
    folder: str = "INBOX"
    rate: int = 30
    largest: int = 50
    leader: str = ""
