"""remind --text: how a period stands and what units were given to mend → words to copy into a chat; nothing is sent and nothing written."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.ledger.mail_log import MailLog
from toolkit.edges.mail.mail_wording import load_texts, name_in
from toolkit.edges.read_holidays import further_rest_days
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.office_words import words_of
from toolkit.flows.office.period_standing import period_standing
from toolkit.issuing.receipt_content import to_mend
from toolkit.model.findings import SENT_BACK, Finding
from toolkit.model.message import Message, Owed
from toolkit.model.period import Period
from toolkit.model.standing import Round
from toolkit.model.words import Words
from toolkit.model.workdays import Workdays
from toolkit.views.letter_texts import TEXTS, read_wordings
from toolkit.views.messages import as_text, fault_words, messages
from toolkit.views.papers.paper_wording import issued_by

ANSWER_IN = 2  # working days that a late unit is given


class Texts(NamedTuple):
    """The group's text first, then each unit's; what is wrong with the office's own wording of them."""

    messages: tuple[Message, ...]
    findings: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """All of them, one below the other; '' where nobody owes anything."""
        return as_text(self.messages)


def reminder_texts(space: Workspace, period: Period, *, only: Sequence[str] = ()) -> Texts:
    """Give the texts of a period, of `only` some units (without the group's then). Raises CommandError when nothing was issued."""
    with open_office(space) as office_context:
        found, wanted = texts_of(office_context, period_standing(office_context, period)), {unit.name for unit in office_context.units(only)}
        return found._replace(messages=tuple(message for message in found.messages if message.unit in wanted or not (message.unit or only)))


def texts_of(office_context: OfficeContext, state: Round) -> Texts:
    """Give the messages to units that owe or must mend something as a round stands today, and what is wrong with the office's own wording of them."""
    words = words_of(office_context.at(state.period), state.form)
    texts, space, today = load_texts(office_context.space, words.language), office_context.space, now().date()
    wordings = read_wordings(texts.own, texts.built_in, name_in(words.language))
    mend = {unit: Owed(unit, _faults(state, unit, words), count) for unit, count in MailLog(office_context.ledger).to_mend(str(state.period)).items() if count}
    by = Workdays(state.master.odd_days, further_rest_days).after(today, ANSWER_IN)
    office = space.office() or issued_by(state.master.title)[0]
    found = messages(state, mend, wordings.parts, today=today, answer_by=by, office=office, ask=_asked(space, office), words=words)
    return Texts(found, tuple(finding for finding in wordings.findings if finding.place.sheet in TEXTS))


def _faults(state: Round, unit: str, words: Words) -> tuple[str, ...]:
    """Say what a unit was given to mend: what looking across units found only where the office sent it back."""
    own = [
        finding
        for finding in state.findings
        if finding.unit == unit and (finding.verdict == SENT_BACK or (finding.counts and not finding.code.text.id.startswith("Q")))
    ]
    return tuple(dict.fromkeys(fault_words(finding, words) for finding in to_mend(own)))


def _asked(space: Workspace, office: str) -> str:
    """Say who answers questions: office, clerk, phone, as far as the settings name them."""
    phone = space.text_setting("phone")
    name = f"{office}{space.text_setting('clerk')}"
    return f"{name}（电话 {phone}）" if phone else name
