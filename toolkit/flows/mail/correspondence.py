"""Puts together what is written to units: the office's wording filled in with what the ledger, the calendar and the outbox hold."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.ledger.ladder_records import steps_of
from toolkit.edges.ledger.mail_log import MailLog
from toolkit.edges.ledger.scorecard_records import not_written
from toolkit.edges.mail.mail_settings import load_post
from toolkit.edges.mail.mail_wording import load_texts, name_in
from toolkit.flows.intake.take_rulings import ADJACENT_SUFFIX
from toolkit.flows.issue.dispatch_forms import last_word, path_of
from toolkit.flows.issue.paper_forms import asks_for_paper, paper_of
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import words_of
from toolkit.flows.report.appeal_papers import answer_path, form_path
from toolkit.flows.report.paper_names import letter_name, node_reminder_name, print_name, reminder_name
from toolkit.flows.report.scorecards import card_path
from toolkit.issuing.file_names import file_name
from toolkit.model.command_error import CommandError
from toolkit.model.dispatch import Dispatch, DispatchAction
from toolkit.model.findings import Code, Finding
from toolkit.model.ladder import LadderStep
from toolkit.model.letter import Attachment, Kind, Letter, mark_of
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.scorecard import FOLDER
from toolkit.model.values import joined_words
from toolkit.model.words import Words
from toolkit.views.letter_texts import Wordings, is_address, read_wordings


class LetterBatch(NamedTuple):
    """Letters to be sent, and sentences about units whose letter could not be put together."""

    letters: tuple[Letter, ...]
    left: tuple[str, ...]


class Correspondence:
    """What every letter of one period is written from."""

    def __init__(self, office: OfficeContext, period: Period) -> None:
        """Raises CommandError for a period that is not in the calendar, and for mail settings that cannot be."""
        self.office, self.period = office, period
        self.form, self.due = office.form_of(period), office.deadline(period).due
        self.book, self.post = MailLog(office.ledger), load_post(office.space)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the wording (邮件.txt), and whose address (sheet 单位) is none; a blank address is no fault."""
        wrong = [unit for unit in self.office.master.addressees() if unit.email and not is_address(unit.email)]
        place = Place(self.office.space.master.name, "单位")
        return (*self._wordings.findings, *(Finding(Code.BAD_ADDRESS, place, {"unit": unit.name, "seen": unit.email}, unit=unit.name) for unit in wrong))

    def issued(self, units: Sequence[Unit]) -> LetterBatch:
        """Write to units that have their workbook in outbox/PERIOD/发放. Raises CommandError when nothing was issued."""
        codes = self._codes
        if not codes:
            raise CommandError(f"{self.period.label}还没有发过表。", f"请先运行“generate {self.period}”。")
        folder = self.office.space.out(self.period, "发放")
        paths = {unit.name: path_of(folder, unit, self.period, self.form) for unit in units if unit.name in codes}
        last = last_word(self.office, self.period)
        withdrawn = {unit for unit, dispatch in last.items() if dispatch.deed is DispatchAction.WITHDRAWN}
        letters = [
            self._issue(unit, attached, last.get(unit.name)) for unit in units if unit.name in paths and (attached := _read(paths[unit.name])) is not None
        ]
        letters += [self._taken_back(unit, last[unit.name]) for unit in units if unit.name in withdrawn and self._was_sent(unit)]
        lost = [name for name, path in paths.items() if not path.exists() and name not in withdrawn]
        left = (f"这些单位的报送表不在“发放”文件夹里：{'、'.join(lost)}。请先运行“generate {self.period}”。",) if lost else ()
        return LetterBatch(tuple(letters), left)

    def _issue(self, unit: Unit, attached: Attachment, word: Dispatch | None) -> Letter:
        """Write with a form; with one that was issued anew, why."""
        anew = word is not None and word.deed is DispatchAction.ANEW
        paper = _read(paper_of(self.office.space.out(self.period, "发放"), unit.name)) if asks_for_paper(self.office.space) else None
        both = (attached, paper) if paper else (attached,)
        why = word.why if word and anew else ""
        return self.letter(Kind.ISSUE, "换发" if anew else "发放", unit, both, mark=mark_of((attached,)), 情况=why)

    def _taken_back(self, unit: Unit, word: Dispatch) -> Letter:
        return self.letter(Kind.ISSUE, "收回", unit, mark=f"收回{word.receipt}", 情况=word.why)

    def _was_sent(self, unit: Unit) -> bool:
        """Whether a unit was sent a form of this period, so that it has to be told that it holds no more."""
        return any(key.startswith(f"{Kind.ISSUE}/{self.period}/{unit.name}/") for key in self.book.posted(str(self.period)))

    def receipts(self, units: Sequence[Unit]) -> LetterBatch:
        """Write to units that have something in outbox/PERIOD/退回: a form to mend, or a receipt."""
        folder, faults = self.office.space.out(self.period, "退回"), self.book.to_mend(str(self.period))
        letters = []
        for unit in units:
            stem = file_name(unit.name, self.period, self.form.name).removesuffix(".xlsx")
            mend, note = _read(folder / f"{stem}_退改.xlsx"), _read(folder / f"{stem}_回执.txt")
            if mend:
                letters.append(self.letter(Kind.RECEIPT, "退回", unit, (mend,), 处数=str(faults.get(unit.name, ""))))
            elif note:
                letters.append(self.letter(Kind.RECEIPT, "收到", unit, (note,)))
        return LetterBatch(tuple(letters), ())

    def papers(self, units: Sequence[Unit]) -> LetterBatch:
        """Write to units what outbox/PERIOD/文书 holds for them: the bulletin, their letters of supervision, their reminder, their 签批表.

        Raises CommandError for none.
        """
        folder = self.office.space.out(self.period, "文书")
        common = sorted(path for path in folder.glob("*.docx") if ADJACENT_SUFFIX[:-1] not in path.stem)
        written = self.office.ledger.papers.written(str(self.period))
        supervised = [(letter.unit.split("、"), letter_name(letter, written)) for letter in self.office.ledger.papers.supervision(str(self.period))]
        letters = []
        for unit in units:
            own = [folder / name for leads, name in supervised if unit.name in leads]
            own += [folder / step.paper for step in self.steps if unit in self.office.master.issued_units(step.unit.split("、"))]
            own += [folder / name(unit.name) for name in (reminder_name, node_reminder_name, print_name)]
            paths = dict.fromkeys((*common, *own))
            attached = tuple(found for path in paths if (found := _read(path)) is not None)
            if attached:
                names = "、".join(attachment.name.removesuffix(".docx") for attachment in attached)
                letters.append(self.letter(Kind.PAPER, "文书", unit, attached, 情况=names))
        if not letters:
            raise CommandError(f"{self.period.label}还没有写文书。", f"请先运行“documents {self.period}”。")
        return LetterBatch(tuple(letters), ())

    def scorecards(self, units: Sequence[Unit]) -> LetterBatch:
        """Write to units what outbox/PERIOD/成绩 holds for them: scorecard, its PDF, the form to appeal; then, in a mail of its own, the answer.

        Raises CommandError for a period that is open, where no scorecard was written, and where one was written from an earlier draft.
        """
        draft = self.office.drafts.holding(self.period)
        if draft is None:
            raise CommandError(f"{self.period.label}还没有定稿，成绩单是草稿，没有发送。", f"请先运行“close {self.period}”，再运行“scorecards {self.period}”。")
        folder, here, letters = self.office.space.out(self.period, FOLDER), self.office.at(self.period), []
        there = [name for unit in units if card_path(folder, name := here.called(unit.name)).exists()]
        old = not_written(self.office.ledger, draft, there)
        if old:
            raise CommandError(
                f"{joined_words(old)}的成绩单不是按{self.period.label}第 {draft.number} 稿写的，一份也没有发送。", f"请先运行“scorecards {self.period}”，再发。"
            )
        for unit in units:
            name = here.called(unit.name)
            card, form, answer = (_read(path) for path in (card_path(folder, name), form_path(folder, name), answer_path(folder, name)))
            if card is not None:
                both = tuple(filter(None, (card, _read(card_path(folder, name).with_suffix(".pdf")), form)))
                letters.append(self.letter(Kind.SCORE, "成绩", unit, both, mark=mark_of(tuple(filter(None, (card, form))))))  # a PDF differs each time
            if answer is not None:
                letters.append(self.letter(Kind.SCORE, "申诉答复", unit, (answer,)))
        if not letters:
            raise CommandError(f"{self.period.label}还没有写成绩单。", f"请先运行“scorecards {self.period}”。")
        return LetterBatch(tuple(letters), ())

    @cached_property
    def steps(self) -> list[LadderStep]:
        """The steps that were taken on the ladder of supervision in the period."""
        return steps_of(self.office.ledger, str(self.period))

    def letter(
        self, kind: Kind, part: str, unit: Unit, attached: tuple[Attachment, ...] = (), *, mark: str = "", copies: Iterable[str] = (), **facts: str
    ) -> Letter:
        """Write one letter in the wording of a part of 邮件.txt, `facts` in its places; the address is '' where the unit has none. Raises KeyError."""
        shown = self._words.keeping({unit.name, unit.contact}).shown
        values = {
            "单位": unit.name,
            "期间": shown(self.period.label),
            "截止": shown(f"{self.due.year}年{self.due.month}月{self.due.day}日"),
            "回执编号": self._codes.get(unit.name, ""),
            "办公室": self.office.space.office(),
            "联系人": unit.contact,
            "天数": str(abs((self.due - now().date()).days)),
            "处数": "",
            "情况": "",
            **{name: shown(value) for name, value in facts.items()},
        }
        words = self._wordings.parts[part].filled(values)
        to = unit.email if is_address(unit.email) else ""
        return Letter(kind, str(self.period), unit.name, to, words.subject, words.text, mark or mark_of(attached), attached, tuple(copies))

    @cached_property
    def _words(self) -> Words:
        return words_of(self.office.at(self.period), self.form)

    @cached_property
    def _wordings(self) -> Wordings:
        texts = load_texts(self.office.space, self._words.language)
        return read_wordings(texts.own, texts.built_in, name_in(self._words.language))

    @cached_property
    def _codes(self) -> dict[str, str]:
        return self.book.receipt_codes(self.form.code, str(self.period))


def _read(path: Path) -> Attachment | None:
    return Attachment(path.name, path.read_bytes()) if path.exists() else None
