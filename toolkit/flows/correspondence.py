"""Puts together what is written to units: the office's wording filled in with what the ledger, the calendar and the outbox hold."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.ledger.mail import MailBook
from toolkit.edges.mail.settings import load_post
from toolkit.edges.mail.wording import NAME, load_texts
from toolkit.flows.dispatching import path_of
from toolkit.flows.documents import letter_name, reminder_name
from toolkit.flows.ground import Ground
from toolkit.flows.rulings import BESIDE
from toolkit.issuing.names import file_name
from toolkit.model.findings import Code, Finding
from toolkit.model.letter import Attached, Kind, Letter, mark_of
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.trouble import Trouble
from toolkit.views.letters import Wordings, is_address, read_wordings


class Sheaf(NamedTuple):
    """Letters to be sent, and sentences about units whose letter could not be put together."""

    letters: tuple[Letter, ...]
    left: tuple[str, ...]


class Correspondence:
    """What every letter of one period is written from."""

    def __init__(self, ground: Ground, period: Period) -> None:
        """Raises Trouble for a period that is not in the calendar, and for mail settings that cannot be."""
        self.ground, self.period = ground, period
        self.form, self.due = ground.form_of(period), ground.deadline(period).due
        self.book, self.post = MailBook(ground.ledger), load_post(ground.space)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the wording and with addresses."""
        wrong = [unit for unit in self.ground.master.addressees() if unit.email and not is_address(unit.email)]
        place = Place(self.ground.space.master.name, "单位")
        return (*self._wordings.findings, *(Finding(Code.BAD_ADDRESS, place, {"unit": unit.name, "seen": unit.email}, unit=unit.name) for unit in wrong))

    def issued(self, units: Sequence[Unit]) -> Sheaf:
        """Write to units that have their workbook in outbox/PERIOD/发放. Raises Trouble when nothing was issued."""
        codes = self._codes
        if not codes:
            raise Trouble(f"{self.period.label}还没有发过表。", f"请先运行“generate {self.period}”。")
        folder = self.ground.space.out(self.period, "发放")
        paths = {unit.name: path_of(folder, unit, self.period, self.form) for unit in units if unit.name in codes}
        letters = [
            self.letter(Kind.ISSUE, "发放", unit, (attached,))
            for unit in units
            if unit.name in paths and (attached := _read(paths[unit.name])) is not None
        ]
        lost = [name for name, path in paths.items() if not path.exists()]
        left = (f"这些单位的报送表不在“发放”文件夹里：{'、'.join(lost)}。请先运行“generate {self.period}”。",) if lost else ()
        return Sheaf(tuple(letters), left)

    def receipts(self, units: Sequence[Unit]) -> Sheaf:
        """Write to units that have something in outbox/PERIOD/退回: a form to mend, or a receipt."""
        folder, faults = self.ground.space.out(self.period, "退回"), self.book.to_mend(str(self.period))
        letters = []
        for unit in units:
            stem = file_name(unit.name, self.period, self.form.name).removesuffix(".xlsx")
            mend, note = _read(folder / f"{stem}_退改.xlsx"), _read(folder / f"{stem}_回执.txt")
            if mend:
                letters.append(self.letter(Kind.RECEIPT, "退回", unit, (mend,), 处数=str(faults.get(unit.name, ""))))
            elif note:
                letters.append(self.letter(Kind.RECEIPT, "收到", unit, (note,)))
        return Sheaf(tuple(letters), ())

    def papers(self, units: Sequence[Unit]) -> Sheaf:
        """Write to units with what outbox/PERIOD/文书 holds for them: the bulletin, their letters of supervision, their reminder. Raises Trouble for none."""
        folder = self.ground.space.out(self.period, "文书")
        common = sorted(path for path in folder.glob("*.docx") if BESIDE[:-1] not in path.stem)
        supervised = [(one.unit.split("、"), letter_name(one)) for one in self.ground.ledger.supervision(str(self.period))]
        letters = []
        for unit in units:
            own = [folder / name for leads, name in supervised if unit.name in leads]
            paths = (*common, *own, folder / reminder_name(unit.name))
            attached = tuple(found for path in paths if (found := _read(path)) is not None)
            if attached:
                names = "、".join(one.name.removesuffix(".docx") for one in attached)
                letters.append(self.letter(Kind.PAPER, "文书", unit, attached, 情况=names))
        if not letters:
            raise Trouble(f"{self.period.label}还没有写文书。", f"请先运行“documents {self.period}”。")
        return Sheaf(tuple(letters), ())

    def letter(
        self, kind: Kind, part: str, unit: Unit, attached: tuple[Attached, ...] = (), *, mark: str = "", copies: Iterable[str] = (), **facts: str
    ) -> Letter:
        """Write one letter in the wording of a part."""
        said = {
            "单位": unit.name,
            "期间": self.period.label,
            "截止": f"{self.due.year}年{self.due.month}月{self.due.day}日",
            "回执编号": self._codes.get(unit.name, ""),
            "办公室": self.ground.space.office(),
            "联系人": unit.contact,
            "天数": str(abs((self.due - now().date()).days)),
            "处数": "",
            "情况": "",
            **facts,
        }
        words = self._wordings.parts[part].filled(said)
        to = unit.email if is_address(unit.email) else ""
        return Letter(kind, str(self.period), unit.name, to, words.subject, words.text, mark or mark_of(attached), attached, tuple(copies))

    @cached_property
    def _wordings(self) -> Wordings:
        texts = load_texts(self.ground.space)
        return read_wordings(texts.own, texts.built_in, NAME)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return self.book.receipt_codes(self.form.code, str(self.period))


def _read(path: Path) -> Attached | None:
    return Attached(path.name, path.read_bytes()) if path.exists() else None
