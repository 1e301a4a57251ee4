"""match_evidence: whose and which task's a picture or document is, by the names of its file and folders and by what the form's 佐证材料 says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from toolkit.intake.evidence_names import (
    bare_numbers,
    is_stamped_scan,
    literal_numbers,
    longest,
    mentioned,
    plain_parts,
    stated_numbers,
    titled,
    without_dates,
    without_names,
)
from toolkit.model import seal
from toolkit.model.evidence import EvidenceKind
from toolkit.model.lazy_pattern import lazy_pattern

_OTHERS = lazy_pattern(r"批复|复函|函复|来函|关于|协议|合同")  # papers that one office makes and another keeps


class Basis(StrEnum):
    """What a match rests on."""

    NUMBER = "名称中的任务编号"
    TITLE = "名称中的任务名称"
    CELL = "填报的佐证材料"
    STAMP = "名称像盖章的整表"
    OFFICE = "本办认定"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class EvidenceContext:
    """What evidence is held against: tasks by unit (number → title), what each unit's cells of 佐证材料 say, receipt codes → unit, names → unit,
    the form's name.

    Numbers are bare digits where the list's are (任务12 is 12).
    """

    tasks: Mapping[str, Mapping[str, str]]
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    form: str = ""

    @property
    def called(self) -> Mapping[str, str]:
        """Every name that may stand for a unit (its own, others of the register) → the unit."""
        return {**self.names, **{unit: unit for unit in self.tasks}}


class Match(NamedTuple):
    """Whose a piece is and of which tasks. Where `why` is not empty it is to be asked, and unit ('' for none) and tasks are a proposal only."""

    unit: str
    tasks: tuple[str, ...]
    basis: Basis = Basis.NOTHING
    why: str = ""

    @property
    def kind(self) -> EvidenceKind:
        """What it is taken for: a stamped return where the match rests on a name like a stamped table's, else evidence."""
        return EvidenceKind.STAMPED if self.basis is Basis.STAMP else EvidenceKind.EVIDENCE


class Beside(NamedTuple):
    """What came with a piece: the unit of the one return in its folder, envelope or mail ('' for none or several), and the files' names."""

    unit: str = ""
    returns: tuple[str, ...] = ()


def match_evidence(path: str, context: EvidenceContext, *, beside: Beside | None = None) -> Match:
    """Match a file, named with its folders (parted by /), to unit and tasks. Nothing of the file is opened.

    A bare number (12.jpg) may as well count pictures: it is only ever proposed. Two carriers that disagree are asked about.
    """
    message = beside or Beside()
    parts, called = plain_parts(path), context.called
    units = _whose(parts, context, called, message.unit)
    numbers, doubt = stated_numbers([without_names(part, called) for part in parts])
    if len(units) > 1:
        return Match("", numbers, why=f"名称中有几个单位：{'、'.join(sorted(units))}")
    unit = next(iter(units), "")
    if unit and not message.unit and not _is_owner(unit, parts, context, called):
        return Match(unit, (), why="名称里提到这个单位，看不出是不是它报的")
    unit = unit or _only_owner(numbers if not doubt else (), context)
    if not unit:
        return Match("", numbers, why="看不出是哪个单位的")
    if unit not in context.tasks:
        return Match(unit, numbers, why="这个单位本期没有任务")
    numbers = tuple(dict.fromkeys((*numbers, *literal_numbers([without_names(part, called) for part in parts], context.tasks[unit]))))
    return _of_unit(unit, path, parts, numbers, doubt, context, message)


def _of_unit(unit: str, path: str, parts: list[str], numbers: tuple[str, ...], doubt: str, context: EvidenceContext, message: Beside) -> Match:
    """Match a piece of a known unit to its tasks; number, title and cell must not speak of different tasks."""
    mine = context.tasks[unit]
    if doubt:
        return Match(unit, numbers, why=doubt)
    strange = [number for number in numbers if number not in mine]
    if strange:
        return Match(unit, tuple(number for number in numbers if number in mine), why=f"任务 {'、'.join(strange)} 不是这个单位的")
    ways = [(numbers, Basis.NUMBER), (titled(parts, mine), Basis.TITLE), (mentioned(parts[-1], context.cells.get(unit, {})), Basis.CELL)]
    found = [(tasks, basis) for tasks, basis in ways if tasks]
    if not found:
        return _without_task(unit, path, parts, context, message)
    tasks, basis = found[0]
    if any(not set(other) & set(tasks) for other, _ in found[1:]):
        every = tuple(dict.fromkeys(number for other, _ in found for number in other))
        return Match(unit, every, why="名称和填报内容指的不是同一项任务")
    if basis is not Basis.NUMBER and len(tasks) > 1:
        return Match(unit, tasks, why="几项任务都对得上")
    return Match(unit, tasks, basis)


def _without_task(unit: str, path: str, parts: list[str], context: EvidenceContext, message: Beside) -> Match:
    """Take a piece that names no task for the unit's stamped return, or propose the task that a bare number may mean, or the only one."""
    mine = context.tasks[unit]
    names = [name for name, owner in context.called.items() if owner == unit]
    if is_stamped_scan(path, names, named=context.form, returns=message.returns):
        return Match(unit, (), Basis.STAMP)
    bare = bare_numbers(parts, mine)
    if bare:
        return Match(unit, bare, why="只有数字，看不出是任务编号还是顺序号")
    return Match(unit, tuple(mine) if len(mine) == 1 else (), why="看不出是哪项任务的")


def _whose(parts: list[str], context: EvidenceContext, called: Mapping[str, str], beside: str) -> set[str]:
    """Give the units that a piece may be of; one that a paper's own name only mentions (与某局合作协议) counts where nobody else is known."""
    of_folders = set(_units(parts[:-1], context, called)) | ({beside} if beside else set())
    of_name = set(_units(parts[-1:], context, called))
    return of_folders if of_folders and _OTHERS.search(parts[-1]) else of_folders | of_name


def _units(parts: list[str], context: EvidenceContext, called: Mapping[str, str]) -> Iterator[str]:
    """Give the units that the names speak of, by receipt code or by name."""
    for part in parts:
        code = seal.receipt_in(part.upper())
        if code in context.receipts:
            yield context.receipts[code]
        yield from (called[name] for name in longest([name for name in called if name in part]))


def _is_owner(unit: str, parts: list[str], context: EvidenceContext, called: Mapping[str, str]) -> bool:
    """Whether a unit's code, its folder, or its name in front says that a piece is its own; 与某局合作协议 and 某局批复 only mention it."""
    names = [name for name, owner in called.items() if owner == unit]
    for part in parts:
        if context.receipts.get(seal.receipt_in(part.upper())) == unit:
            return True
        text = without_dates(part)
        if not _OTHERS.search(part) and any(re.search(rf"(?:^|[^\u4e00-\u9fff]){re.escape(name)}", text) for name in names):
            return True
    return False


def _only_owner(numbers: tuple[str, ...], context: EvidenceContext) -> str:
    """Give the one unit that has all of some stated tasks, '' where there is none or several."""
    owners = [unit for unit, tasks in context.tasks.items() if set(numbers) <= set(tasks)] if numbers else []
    return owners[0] if len(owners) == 1 else ""
