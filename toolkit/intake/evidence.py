"""evidence: whose and which task's a picture or document beside a return is, by the names of its file and folders and by what the form's 佐证材料 says."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from toolkit.model import seal
from toolkit.model.numerals import chinese_number

_HAN = "零〇一二三四五六七八九十百"
_NUMBER = rf"(?:\d{{1,3}}|[{_HAN}]{{1,6}})"
_MANY = rf"{_NUMBER}(?:(?:[、,，;；和及]|号和|项和){_NUMBER})*"
_RANGE = r"(?P<range>\s*(?:[-~—–－_.+&\s、,，;；]|[至到和及])+\d{1,3}(?!\d))?"
_COUNTS = "个项件条次批份张人户家名处元万亿公里米吨亩%年月日季期轮天周楼层栋版"  # behind a number they say how many, not which
_BEFORE = re.compile(
    rf"(?:任务编号|任务|(?<![\u4e00-\u9fff])编号(?=\W*\d+(?:$|[^\w])))\s*[:#(_\-]*\s*(?:第\s*)?(?P<number>{_MANY})(?:(?<=\d)(?![\d{_HAN}{_COUNTS}])|(?<=[{_HAN}])(?=$|号|[^\w\s]|[\s_])){_RANGE}"
)
_BEHIND = re.compile(rf"(?:第\s*(?P<number>{_MANY})\s*[号项条]|(?<![\d\-~.{_HAN}至到])(?P<called>{_MANY})号)(?:工作|目标|重点)?任务(?![\d{_HAN}])")
_OTHERS = re.compile(r"批复|复函|函复|来函|关于|协议|合同")  # papers that one office makes and another keeps
_BARE = re.compile(r"^\s*[(\[【]?(\d{1,3})[)\]】]?(?:$|(?=\s*[.、_\-\s,，]))")
_QUARTER = re.compile(rf"(?:第?[1-4一二三四]季度|\d{{4}}年|[{_HAN}]{{1,3}}月份?)")
_KEY = re.compile(r"[\W_]+")
_COPY = re.compile(r"[(（]\d{1,2}[)）]$|\s*-\s*副本$")
_TITLE, _FILE = 6, 4  # signs that a piece of a task's title, or a file's name that a cell mentions, needs to be told from common words


class Basis(StrEnum):
    """What a match rests on."""

    NUMBER = "名称中的任务编号"
    TITLE = "名称中的任务名称"
    CELL = "填报的佐证材料"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What evidence is held against: tasks by unit (number → title), what each unit's cells of 佐证材料 say, receipt codes that were given."""

    tasks: Mapping[str, Mapping[str, str]]
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)


class Match(NamedTuple):
    """Whose a piece is and of which tasks. Where `why` is not empty it is to be asked, and unit ('' for none) and tasks are a proposal only."""

    unit: str
    tasks: tuple[str, ...]
    basis: Basis = Basis.NOTHING
    why: str = ""


def match_evidence(path: str, carried: Carried, *, beside: str = "") -> Match:
    """Match a file, named with its folders (parted by /), to unit and tasks; `beside` is the unit of the return in the same envelope, '' for none.

    A bare number (12.jpg) may as well count pictures: it is only ever proposed. Two carriers that disagree are asked about.
    """
    parts = [unicodedata.normalize("NFKC", part) for part in path.replace("\\", "/").split("/") if part]
    parts[-1:] = [re.sub(r"\.[A-Za-z]{1,5}\d?$", "", part) for part in parts[-1:]]
    units = set(_units(parts, carried)) | ({beside} if beside else set())
    if len(units) > 1:
        return Match("", (), why=f"名称中有几个单位：{'、'.join(sorted(units))}")
    unit = next(iter(units), "")
    if unit and not beside and not _is_owner(unit, parts, carried):
        return Match(unit, (), why="名称里提到这个单位，看不出是不是它报的")
    numbers, doubt = _numbers([_without(part, carried.tasks) for part in parts])
    if not unit and numbers and not doubt:
        owners = {one for one, tasks in carried.tasks.items() if set(numbers) <= set(tasks)}
        if len(owners) == 1:
            unit = owners.pop()
    if not unit:
        return Match("", numbers, why="看不出是哪个单位的")
    if unit not in carried.tasks:
        return Match(unit, numbers, why="这个单位本期没有任务")
    return _of_unit(unit, parts, numbers, doubt, carried)


def _of_unit(unit: str, parts: list[str], numbers: tuple[str, ...], doubt: str, carried: Carried) -> Match:
    """Match a piece of a known unit to its tasks; number, title and cell must not speak of different tasks."""
    mine = carried.tasks[unit]
    titled, told = _titled(parts, mine), _told(parts[-1], carried.said.get(unit, {}))
    if doubt:
        return Match(unit, numbers, why=doubt)
    strange = [number for number in numbers if number not in mine]
    if strange:
        return Match(unit, tuple(one for one in numbers if one in mine), why=f"任务 {'、'.join(strange)} 不是这个单位的")
    ways = [(numbers, Basis.NUMBER), (titled, Basis.TITLE), (told, Basis.CELL)]
    found = [(tasks, basis) for tasks, basis in ways if tasks]
    if not found:
        bare = tuple(dict.fromkeys(one[1].lstrip("0") for part in parts if (one := _BARE.match(part)) and one[1].lstrip("0") in mine))
        return Match(unit, bare, why="只有数字，看不出是任务编号还是顺序号" if bare else "看不出是哪项任务的")
    tasks, basis = found[0]
    if any(not set(other) & set(tasks) for other, _ in found[1:]):
        every = tuple(dict.fromkeys(one for other, _ in found for one in other))
        return Match(unit, every, why="名称和填报内容指的不是同一项任务")
    if basis is not Basis.NUMBER and len(tasks) > 1:
        return Match(unit, tasks, why="几项任务都对得上")
    return Match(unit, tasks, basis)


def _units(parts: Iterable[str], carried: Carried) -> Iterator[str]:
    """Give the units that the names speak of, by receipt code or by name; of 市教育局 and 市教育局基建处 only the longer one that stands there."""
    for part in parts:
        code = seal.receipt_in(part.upper())
        if code in carried.receipts:
            yield carried.receipts[code]
        named = [unit for unit in carried.tasks if unit in part]
        yield from (unit for unit in named if not any(unit != other and unit in other for other in named))


def _is_owner(unit: str, parts: list[str], carried: Carried) -> bool:
    """Whether a unit's code, its folder, or its name in front says that a piece is its own; 与某局合作协议 and 某局批复 only mention it."""
    for part in parts:
        if carried.receipts.get(seal.receipt_in(part.upper())) == unit:
            return True
        starts = re.search(rf"(?:^|[^\u4e00-\u9fff]){re.escape(unit)}", _QUARTER.sub(" ", part))
        if starts and not _OTHERS.search(part):
            return True
    return False


def _without(part: str, units: Iterable[str]) -> str:
    """Leave out of a name what has numbers that are no task's: receipt codes, units' names, years and quarters."""
    for unit in sorted(units, key=len, reverse=True):
        part = part.replace(unit, " ")
    return _QUARTER.sub(" ", seal.RECEIPT.sub(" ", part))


def _numbers(parts: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """Give the task numbers that the names state in so many words, and why they are in doubt."""
    by_part, doubt = [], ""
    for part in parts:
        hits = [*_BEFORE.finditer(part), *_BEHIND.finditer(part)]
        if any(hit.groupdict().get("range") for hit in hits):
            doubt = "编号后面还有数字，看不出是几项任务还是顺序号"
        if any(len(re.findall(_NUMBER, hit["number"] or "")) > 1 and re.match(r"[\u4e00-\u9fff]", part[hit.end() :]) for hit in hits):
            doubt = "几个编号后面紧跟着文字，看不出最后一个是不是任务编号"
        stated = [_plain_number(one) for hit in hits for one in re.findall(_NUMBER, hit["number"] or hit["called"])]
        if stated:
            by_part.append(tuple(dict.fromkeys(stated)))
    every = tuple(dict.fromkeys(one for stated in by_part for one in stated))
    if len(by_part) > 1 and any(set(one) != set(by_part[0]) for one in by_part):
        doubt = doubt or "文件夹和文件名写的任务编号不一样"
    if "" in every:
        doubt = doubt or "任务编号读不出来"
    return tuple(one for one in every if one), doubt


def _plain_number(text: str) -> str:
    """Write a number as the list does: 012 and 十二 are 12; '' for one that cannot be told."""
    if text.isdigit():
        return text.lstrip("0")
    number = chinese_number(text)
    return str(int(number)) if number is not None else ""


def _titled(parts: Iterable[str], mine: Mapping[str, str]) -> tuple[str, ...]:
    """Give the tasks whose whole title stands in a name, or of whose titles a name is a long enough piece."""
    keys = [_KEY.sub("", re.sub(r"^\d{1,3}\W+", "", part)) for part in parts]
    found = []
    for number, title in mine.items():
        whole = _KEY.sub("", unicodedata.normalize("NFKC", title))
        if any((len(whole) >= _TITLE and whole in key) or (len(key) >= _TITLE and key in whole) for key in keys):
            found.append(number)
    return tuple(found)


def _told(name: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """Give the tasks whose cell of 佐证材料 mentions the file's name."""
    key = _KEY.sub("", _COPY.sub("", name))
    if len(key) < _FILE or key.isdigit():
        return ()
    return tuple(number for number, text in said.items() if key in _KEY.sub("", unicodedata.normalize("NFKC", text)))
