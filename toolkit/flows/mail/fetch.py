"""fetch: new messages of the mailbox → the inbox, each once; what came back becomes a finding."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.envelopes.unpacked_members import MIB, ONE
from toolkit.edges.ledger.fetch_log import FetchLog
from toolkit.edges.ledger.mail_log import MailLog
from toolkit.edges.mail.mail_settings import load_post
from toolkit.edges.mail.mailbox import Mailbox, MailHeader
from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.send import MAILING
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.unit_lookup import mailboxes
from toolkit.intake.mail_kinds import Incoming, MailKind, read_mail
from toolkit.issuing.file_names import safe
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.values import visible_file_name

_SENDER = 40  # characters of an address in a file's name: the longest of them take 160 bytes, and a name may have 255
Progress = Callable[[Sequence[int], str], Iterable[int]]


@dataclass(slots=True)
class Fetched:
    """What the new messages became: files in the inbox, findings of mails that came back or are too big; `ignored` counts our own and machines' answers."""

    files: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ignored: int = 0


def fetch(space: Workspace, *, progress: Progress) -> Fetched:
    """Fetch what is new. Raises CommandError when the mailbox cannot be reached or the line is cut; what came before the cut is kept."""
    with open_office(space, alone=True, doing=MAILING) as office:
        post = load_post(space)
        if post.imap is None:
            raise CommandError("没有设收信服务器。", "请在 settings.toml 的 [mail] 一节填写 imap，或把收到的附件另存到 inbox 文件夹。")
        done = Fetched()
        with Mailbox(post.imap, post.folder) as box:
            run = _Run(office, box, done)
            known = run.book.uids(box.where)
            new = [uid for uid in box.uids(run.book.first_issue() or now().date()) if uid not in known]
            for number, uid in enumerate(progress(new, "收信")):
                try:
                    run.take(uid)
                except CommandError as trouble:
                    raise CommandError(f"{trouble.message}已收 {number} 封，还有 {len(new) - number} 封没有收。", trouble.advice) from trouble
        return done


class _Run:
    """One fetch: the open mailbox, and what was done so far."""

    def __init__(self, office: OfficeContext, box: Mailbox, done: Fetched) -> None:
        self._context, self._box, self._done = office, box, done
        self.book, self._mails = FetchLog(office.ledger), MailLog(office.ledger)

    def take(self, uid: int) -> None:
        """Take in one message: first the file, then the record, so that a kill in between only repeats what gives the same file."""
        head = self._box.head(uid)
        if head.size > ONE:
            sender = read_mail(self._box.content(uid, "HEADER")).sender
            self._done.findings.append(Finding(Code.LEFT_ON_SERVER, Place("邮箱"), {"sender": sender, "size": f"{head.size / MIB:.0f}"}))
            return
        content = self._box.content(uid)
        digest, mail = inbox.digest_of(content), read_mail(content)
        became = "收过" if self.book.has(digest) else self._became(content, mail, head, digest)
        self.book.record(self._box.where, uid, digest=digest, message_id=mail.message_id[:500], became=became, at=now())

    def _became(self, content: bytes, mail: Incoming, head: MailHeader, digest: str) -> str:
        if mail.sort is MailKind.RETURNED:
            return self._came_back(mail)
        if mail.sort is MailKind.AUTOMATIC or (mail.message_id and self._mails.by_message([mail.message_id])):
            self._done.ignored += 1
            return "自动回复" if mail.sort is MailKind.AUTOMATIC else "本办公室发出的"
        name = f"{head.arrived:%Y%m%d-%H%M}_{safe(visible_file_name(mail.sender)[:_SENDER])}_{digest[:8]}.eml"
        inbox.put(self._context.space, name, content, head.arrived)
        self._done.files.append(name)
        return name

    def _came_back(self, mail: Incoming) -> str:
        """Say which unit a mail did not reach; it then counts as refused."""
        posted = self._mails.by_message(mail.about)
        address = mail.failed or (posted.address if posted else "")
        owner = mailboxes(self._context).get(address.lower(), "") if address else ""
        unit = posted.unit if posted else owner
        if posted is not None and address.lower() == posted.address.lower():
            self._mails.came_back(posted.key, f"退信：{mail.why}")
        who = f"{unit}的地址 {address}" if unit else f"地址 {address}" if address else "一封邮件的地址"
        self._done.findings.append(Finding(Code.BOUNCED, Place("邮箱"), {"who": who, "why": mail.why or "没有说明原因"}, unit=unit))
        return f"退信 {address}"
