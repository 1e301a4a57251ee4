"""A real post office on this machine: Exim takes mail in (SMTP, TLS, login), Dovecot keeps it (LMTP) and hands it out (IMAP). All of it in one folder."""

import os
import shutil
import smtplib
import socket
import subprocess
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Self

from tests.mail.certificates import make_pair
from tests.waiting import PATIENCE, wait_until

OFFICE, PASSWORD = "office@example.com", "a-secret-of-the-test"
FULL, LEADER = "full@example.com", "leader@example.com"  # FULL has room for nothing
ADDRESSES = {"云溪县发改局": "fgj@example.com", "云溪县工信局": "gxj@example.com", "东山镇": "dsz@example.com"}
DISTRICT = tuple(f"unit{number:02}@example.com" for number in range(63))
_DOVECOT = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{home}/localhost.pem
ssl_key = <{home}/localhost.key
disable_plaintext_auth = yes
mail_location = maildir:{home}/mail/%n
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
auth_verbose = yes
mail_max_userip_connections = 50
mail_plugins = quota
plugin {{
  quota = maildir:User quota
  quota_grace = 0
}}
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = passwd-file
  args = {home}/users
}}
service imap-login {{
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""
_EXIM = """
spool_directory = {home}/spool
log_file_path = {home}/spool/exim-%s.log
pid_file_path = {home}/spool/exim.pid
primary_hostname = mail.example.com
qualify_domain = example.com
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp} : {smtps}
tls_on_connect_ports = {smtps}
tls_advertise_hosts = *
tls_certificate = {home}/localhost.pem
tls_privatekey = {home}/localhost.key
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = check
acl_smtp_data = take
message_size_limit = 20M
deliver_drop_privilege = true
smtp_accept_max = 50
smtp_accept_max_per_connection = 500
smtp_accept_queue_per_connection = 500
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
timezone = UTC
begin acl
check:
  accept authenticated = *
  accept senders = *@example.com
         hosts = 127.0.0.1
         condition = ${{if eq{{$sender_address}}{{office@example.com}}{{no}}{{yes}}}}
  deny message = login first
take:
  accept
begin routers
keep:
  driver = manualroute
  transport = keep
  route_list = * 127.0.0.1
  self = send
begin transports
keep:
  driver = smtp
  protocol = lmtp
  port = {lmtp}
  allow_localhost
  connection_max_messages = 1
begin retry
* * F,1m,1s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{office@example.com}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


class PostOffice:
    """The running servers, their ports, and everybody's mailbox."""

    def __init__(self, home: Path) -> None:
        """Lay out one folder; nothing runs yet."""
        self.home = home
        self.authority = home / "authority.pem"
        self.ports = dict(zip(("smtp", "smtps", "starttls", "imaps", "lmtp"), _free_ports(5), strict=True))
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Start, and wait until every port answers."""
        self.home.chmod(0o755)
        make_pair(self.home, "localhost", by=make_pair(self.home, "authority"))
        for name in ("localhost.key", "localhost.pem"):
            (self.home / name).chmod(0o644)
        for folder, owner in (("spool", "Debian-exim"), ("mail", "mail"), ("run", "root")):
            (self.home / folder).mkdir()
            shutil.chown(self.home / folder, owner)
        (self.home / "users").write_text("".join(map(self._user, (OFFICE, FULL, LEADER, *ADDRESSES.values(), *DISTRICT))), "utf-8")
        for name, text in (("dovecot.conf", _DOVECOT), ("exim.conf", _EXIM)):
            (self.home / name).write_text(text.format(home=self.home, password=PASSWORD, **self.ports), "utf-8")
        for command in (["dovecot", "-F", "-c", f"{self.home}/dovecot.conf"], ["exim4", "-C", f"{self.home}/exim.conf", "-bdf", "-q1s"]):
            self._running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        for port in self.ports.values():
            self._wait(port)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop both servers."""
        for one in self._running:
            one.terminate()
        for one in self._running:
            one.wait(PATIENCE)

    def mails_of(self, address: str) -> list[EmailMessage]:
        """Read what lies in a mailbox, oldest first."""
        paths = [path for kind in ("new", "cur") for path in (self.home / "mail" / address.partition("@")[0] / kind).glob("*")]
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns)]

    def empty(self, address: str) -> None:
        """Throw away a mailbox with all its mail; its UIDs begin anew."""
        shutil.rmtree(self.home / "mail" / address.partition("@")[0], ignore_errors=True)

    def wait_for(self, address: str, count: int) -> list[EmailMessage]:
        """Wait until so many mails have arrived in a mailbox."""
        found = list[EmailMessage]()

        def arrived() -> bool:
            found[:] = self.mails_of(address)
            return len(found) >= count

        if not wait_until(arrived):
            raise AssertionError(f"{address}: {len(found)} of {count}; {self.log()}")
        return found

    def deliver(self, mail: EmailMessage | bytes, *, sender: str, to: str = OFFICE) -> None:
        """Post a mail as a unit does."""
        content = mail if isinstance(mail, bytes) else mail.as_bytes(policy=policy.SMTP)
        with smtplib.SMTP("127.0.0.1", self.ports["smtp"]) as line:
            line.sendmail(sender, [to], content)

    def lay(self, mails: Sequence[EmailMessage], address: str = OFFICE) -> None:
        """Lay mails into a mailbox, as the delivery does; faster than the post where it is about fetching."""
        folder = self.home / "mail" / address.partition("@")[0]
        for path in (folder, *(folder / name for name in ("new", "cur", "tmp"))):
            path.mkdir(exist_ok=True)
            shutil.chown(path, "mail", "mail")
        for number, mail in enumerate(mails):
            path = folder / "new" / f"{1_700_000_000 + number}.M{number}P1.laid"
            path.write_bytes(mail.as_bytes(policy=policy.SMTP))
            shutil.chown(path, "mail", "mail")

    def settings(self, root: Path, **more: object) -> None:
        """Write settings.toml of a workspace that uses this post office."""
        shutil.copy(self.authority, root / "authority.pem")
        said: dict[str, object] = {
            "smtp": "localhost", "smtp_port": self.ports["smtp"], "smtp_security": "starttls",
            "imap": "localhost", "imap_port": self.ports["imaps"], "imap_security": "ssl",
            "user": OFFICE, "rate": 0, "authority": "authority.pem", **more,
        }  # fmt: skip
        lines = [f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"' for name, value in said.items()]
        (root / "settings.toml").write_text('office = "某县政府办"\n[mail]\n' + "\n".join(lines) + "\n", "utf-8")

    def log(self) -> str:
        """Give the end of the servers' logs, for a failed test."""
        paths = [*self.home.glob("*.log"), *(self.home / "spool").glob("*.log")]
        return "\n".join(path.read_text("utf-8", "replace")[-3000:] for path in paths)

    def _user(self, address: str) -> str:
        """Give a mailbox's line; it is there from the start, since Dovecot looks at the list once a second. Mail to any other address comes back."""
        quota = "userdb_quota_rule=*:bytes=1" if address == FULL else ""
        return f"{address}:{{PLAIN}}{PASSWORD}:8:8::{self.home}/mail/{address.partition('@')[0]}::{quota}\n"

    def _wait(self, port: int) -> None:
        def answers() -> bool:
            with socket.socket() as line:
                return line.connect_ex(("127.0.0.1", port)) == 0

        if not wait_until(answers):
            raise RuntimeError(f"port {port} does not answer: {self.log()}")


def can_run() -> bool:
    """Whether this machine can open a post office: the servers are installed, and we are root, as they ask for."""
    return bool(shutil.which("exim4") and shutil.which("dovecot")) and os.geteuid() == 0


def _free_ports(count: int) -> list[int]:
    lines = [socket.socket() for _ in range(count)]
    for line in lines:
        line.bind(("127.0.0.1", 0))
    ports = [line.getsockname()[1] for line in lines]
    for line in lines:
        line.close()
    return ports
