"""What the names of a file and its folders say of task numbers, titles and stamps; nothing is opened for it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.model import seal
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.numerals import chinese_number

_HAN = "零〇一二三四五六七八九十百"
_NUMBER = rf"(?:\d{{1,3}}|[{_HAN}]{{1,6}})"
_MANY = rf"{_NUMBER}(?:(?:[、,，;；和及]|号和|项和){_NUMBER})*"
_RANGE = r"(?P<range>\s*(?:[-~—–－_.+&\s、,，;；]|[至到和及])+\d{1,3}(?!\d))?"
_COUNTS = "个项件条次批份张人户家名处元万亿公里米吨亩%年月日季期轮天周楼层栋版"  # behind a number they say how many, not which
_BEFORE = lazy_pattern(
    rf"(?:任务编号|任务|(?<![\u4e00-\u9fff])编号(?=\W*\d+(?:$|[^\w])))\s*[:#(_\-]*\s*(?:第\s*)?(?P<number>{_MANY})"
    rf"(?:(?<=\d)(?![\d{_HAN}{_COUNTS}])|(?<=[{_HAN}])(?=$|号|[^\w\s]|[\s_])){_RANGE}"
)
_BEHIND = lazy_pattern(rf"(?:第\s*(?P<number>{_MANY})\s*[号项条]|(?<![\d\-~.{_HAN}至到])(?P<called>{_MANY})号)(?:工作|目标|重点)?任务(?![\d{_HAN}])")
_BARE = lazy_pattern(r"^\s*[(\[【]?(\d{1,3})[)\]】]?(?:$|(?=\s*[.、_\-\s,，]))")
_QUARTER = lazy_pattern(rf"(?:第?[1-4一二三四]季度|\d{{4}}年?[Qq][1-4]|\d{{4}}年|[{_HAN}]{{1,3}}月份?)")
_STATED_QUARTER = lazy_pattern(r"(?:(?P<year>20\d\d)\s*年?\s*)?(?:第?(?P<han>[一二三四1-4])季度|(?<=\d)[Qq](?P<digit>[1-4])(?!\d))")
_KEY = lazy_pattern(r"[\W_]+")
_COPY = lazy_pattern(r"[(（]\d{1,2}[)）]$|\s*-\s*副本$")
_TITLE, _FILE = 6, 4  # signs that a piece of a task's title, or a file's name that a cell mentions, needs to be told from common words
_SCANNED = frozenset(("jpg", "jpeg", "png", "bmp", "tif", "tiff", "heic", "pdf", "ofd", "ceb"))
_STAMP = lazy_pattern(r"加?盖(?:了)?公?章|签[字章名]|扫描|影印|红章")
_PAGE = lazy_pattern(r"[(（\-_ 第]+[\d一二三四五六七八九十]{1,2}[)）页]?$|[pP]\d{1,2}$")
_REPORT = lazy_pattern(
    "目标任务|重点工作|工作任务|工作方案|年度|季度|进展|完成|情况|报送|填报|上报|报表|回执|原件|电子|版本?|最终|正式|文件|材料|任务|表|件|页|稿|的|关于|及|和|后|已"
)


def plain_parts(path: str) -> list[str]:
    """Cut a path into its folders and the file's name without its ending, in half-width signs."""
    parts = [unicodedata.normalize("NFKC", part) for part in path.replace("\\", "/").split("/") if part]
    parts[-1:] = [re.sub(r"\.[A-Za-z]{1,5}\d?$", "", part) for part in parts[-1:]]
    return parts


def quarters_stated(parts: Iterable[str], *, year: int) -> tuple[str, ...]:
    """Give the quarters that names speak of, as the program writes them (2023Q2); one without a year is of `year`."""
    found = (hit for part in parts for hit in _STATED_QUARTER.finditer(part))
    numbers = ((hit["year"] or str(year), hit["han"] or hit["digit"]) for hit in found)
    return tuple(dict.fromkeys(f"{of}Q{number if number.isdigit() else '一二三四'.index(number) + 1}" for of, number in numbers))


def without_dates(part: str) -> str:
    """Leave years, quarters and months out of a name, a blank for each."""
    return _QUARTER.sub(" ", part)


def without_names(part: str, names: Iterable[str]) -> str:
    """Leave out of a name what has numbers that are no task's: receipt codes, units' names, years and quarters."""
    for name in sorted(names, key=len, reverse=True):
        part = part.replace(name, " ")
    return without_dates(seal.RECEIPT.sub(" ", part))


def stated_numbers(parts: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """Give the task numbers that names state in so many words, as digits, and why they are in doubt."""
    by_part, doubt = [], ""
    for part in parts:
        hits = [*_BEFORE.finditer(part), *_BEHIND.finditer(part)]
        doubt = _doubt_of(part, hits) or doubt
        stated = [_plain_number(number) for hit in hits for number in re.findall(_NUMBER, hit["number"] or hit["called"])]
        if stated:
            by_part.append(tuple(dict.fromkeys(stated)))
    every = tuple(dict.fromkeys(number for stated in by_part for number in stated))
    if len(by_part) > 1 and any(set(stated) != set(by_part[0]) for stated in by_part):
        doubt = doubt or "文件夹和文件名写的任务编号不一样"
    if "" in every:
        doubt = doubt or "任务编号读不出来"
    return tuple(number for number in every if number), doubt


def _doubt_of(part: str, hits: Sequence[re.Match[str]]) -> str:
    """Say why the numbers of a name may not be task numbers, '' where they are."""
    if any(len(re.findall(_NUMBER, hit["number"] or "")) > 1 and re.match(r"[\u4e00-\u9fff]", part[hit.end() :]) for hit in hits):
        return "几个编号后面紧跟着文字，看不出最后一个是不是任务编号"
    if any(hit.groupdict().get("range") for hit in hits):
        return "编号后面还有数字，看不出是几项任务还是顺序号"
    return ""


def _plain_number(text: str) -> str:
    """Write a number as the list does: 012 and 十二 are 12; '' for one that cannot be told."""
    if text.isdigit():
        return text.lstrip("0")
    number = chinese_number(text)
    return str(int(number)) if number is not None else ""


def literal_numbers(parts: Iterable[str], numbers: Iterable[str]) -> tuple[str, ...]:
    """Give those numbers of the list that are more than digits (目标3, A-07) and stand as they are in a name, with no further number behind."""
    texts = tuple(parts)
    return tuple(number for number in numbers if not number.isdigit() and any(_has(number, text) for text in texts))


def _has(number: str, text: str) -> bool:
    return bool(re.search(rf"(?<![A-Za-z\d]){re.escape(number)}(?![\d{_HAN}{_COUNTS}]|\s*[-~—–－_.+&、,，至到和及]\s*\d)", text))


def bare_numbers(parts: Iterable[str], numbers: Iterable[str]) -> tuple[str, ...]:
    """Give those numbers that begin a name and may as well count pictures: 12.jpg."""
    known = set(numbers)
    found = (match[1].lstrip("0") for part in parts if (match := _BARE.match(part)))
    return tuple(dict.fromkeys(number for number in found if number in known))


def titled(parts: Iterable[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Give the tasks whose whole title stands in a name, or of whose titles a name is a long enough piece."""
    keys = [_key(re.sub(r"^\d{1,3}\W+", "", part)) for part in parts]
    found = []
    for number, title in titles.items():
        whole = _key(title)
        if any((len(whole) >= _TITLE and whole in key) or (len(key) >= _TITLE and key in whole) for key in keys):
            found.append(number)
    return tuple(found)


def mentioned(name: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Give the numbers of the tasks whose cell of 佐证材料 mentions a file's name (`cells`: number → text); () for a name too short to tell."""
    key = _key(_COPY.sub("", name))
    if len(key) < _FILE or key.isdigit():
        return ()
    return tuple(number for number, text in cells.items() if key in _key(text))


def is_stamped_scan(path: str, names: Iterable[str], *, named: str, returns: Iterable[str]) -> bool:
    """Whether a picture or PDF is named as a unit's whole return: by a stamp, by the unit and the words of a report, or as a return that came with it.

    Nothing but such words, page numbers and dates may stand in the name; `named` is the form's name, `returns` are files' names.
    """
    if path.rpartition(".")[2].lower() not in _SCANNED:
        return False
    stem = plain_parts(path)[-1]
    if len(_key(stem)) >= _TITLE and any(_key(stem) == _key(plain_parts(other)[-1]) for other in returns if other):
        return True
    has_unit = any(name in stem for name in names)
    rest = _PAGE.sub("", without_names(stem, names).strip())
    rest = without_dates(rest.replace(named, "进展") if named else rest)
    is_report = bool(re.search(r"进展|报送|填报|方案|报表", rest)) and has_unit
    left = _key(_REPORT.sub("", _STAMP.sub("", rest)))
    return not left and (bool(_STAMP.search(stem)) or is_report)


def _key(text: str) -> str:
    return _KEY.sub("", unicodedata.normalize("NFKC", text))


def longest(found: Sequence[str]) -> Iterator[str]:
    """Leave out names that only stand inside another found one: of 市教育局 and 市教育局基建处 the longer stays."""
    yield from (name for name in found if not any(name != other and name in other for other in found))
