"""deliver_letters: letters → the mail server, each recorded before and after; without a server or an address, drafts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.edges.clock import now
from toolkit.edges.mail.draft_files import write_draft
from toolkit.edges.mail.mail_bytes import mail_bytes, message_id
from toolkit.edges.mail.smtp_sender import MailSender
from toolkit.flows.mail.correspondence import Correspondence
from toolkit.issuing.file_names import safe
from toolkit.model.command_error import CommandError
from toolkit.model.letter import Answer, Letter, SentLetter, State
from toolkit.model.mail_server import Server

Progress = Callable[[Sequence[Letter], str], Iterable[Letter]]


@dataclass(slots=True)
class Delivered:
    """What became of letters, by unit: sent now, sent before, written as drafts (`new_drafts`: for the first time), without an address.

    `left` are sentences about those that did not go.
    """

    sent: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    new_drafts: list[str] = field(default_factory=list)
    unaddressed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def stands(letter: Letter, posted: SentLetter | None, resend: Collection[str]) -> State:
    """Say how a letter stands before it is sent: one that may be on its way, or that its address refused, waits for the clerk's word."""
    if posted is None or posted.state is State.DRAFTED or letter.unit in resend:
        return State.PLANNED
    if posted.state is State.REFUSED and posted.address != letter.to:
        return State.PLANNED
    return State.DOUBTFUL if posted.state is State.SENDING else posted.state


def deliver(writing: Correspondence, letters: Sequence[Letter], resend: Collection[str], progress: Progress) -> Delivered:
    """Send what was not sent yet; what has no way out becomes a draft."""
    done = Delivered(unaddressed=[letter.unit for letter in letters if not letter.to])
    server = writing.post.smtp
    posted = writing.book.posted(str(writing.period))
    for letter in letters:
        if server is None or not letter.to:
            write_draft(writing.office.space, letter, safe(f"{letter.unit}_{letter.kind}"), writing.post.sender)
            if letter.key not in posted:
                writing.book.record(letter, Answer(State.DRAFTED), message_id="", at=now())
                done.new_drafts.append(letter.unit)
            done.drafts.append(letter.unit)
    if server is not None:
        _send(writing, server, _open_letters(writing, letters, posted, resend, done), done, progress)
    return done


def _open_letters(
    writing: Correspondence, letters: Iterable[Letter], posted: Mapping[str, SentLetter], resend: Collection[str], done: Delivered
) -> list[Letter]:
    """Pick the letters that are to be sent now; says of the others why not."""
    ahead = []
    for letter in letters:
        known = posted.get(letter.key)
        state = stands(letter, known, resend)
        if not letter.to:
            continue
        if state is State.PLANNED:
            ahead.append(letter)
        elif state is State.SENT:
            done.before.append(letter.unit)
        else:
            done.left.append(_of(letter, Answer(state, known.answer if known else "")))
            if known and known.state is State.SENDING:
                writing.book.record(letter, Answer(State.DOUBTFUL, "程序在发送中被中断"), message_id=known.message_id, at=known.at)
    return ahead


def _send(writing: Correspondence, server: Server, letters: list[Letter], done: Delivered, progress: Progress) -> None:
    book, sender = writing.book, writing.post.sender
    with MailSender(writing.post, server) as postman:
        for number, letter in enumerate(progress(letters, f"发送{writing.period.label}{letters[0].kind}" if letters else "发送")):
            identity = message_id(letter, writing.office.key, sender)
            content = mail_bytes(letter, sender=sender, office=writing.office.space.office(), identity=identity, at=now())
            try:
                postman.call()
            except CommandError as trouble:
                raise CommandError(f"{trouble.message}已发 {len(done.sent)} 封，还有 {len(letters) - number} 封没有发。", trouble.advice) from trouble
            book.record(letter, Answer(State.SENDING), message_id=identity, at=now())
            answer = postman.send(sender, (letter.to, *letter.copies), content)
            book.record(letter, answer, message_id=identity, at=now())
            if answer.state is State.SENT:
                done.sent.append(letter.unit)
            else:
                done.left.append(_of(letter, answer))


def _of(letter: Letter, answer: Answer) -> str:
    """Say why a letter did not go, and what to do."""
    who = f"{letter.unit}（{letter.to}）"
    if answer.state is State.REFUSED:
        return f"{who}的邮件被拒收：{answer.reply}。请核对邮箱和附件大小，改好后用 --resend {letter.unit} 重发。"
    if answer.state is State.PLANNED:
        return f"{who}的邮件暂时发不出去：{answer.reply}。没有发出，过一会儿再运行一次就会接着发。"
    return f"{who}的邮件可能已发出，请核对后用 --resend {letter.unit} 重发。"
