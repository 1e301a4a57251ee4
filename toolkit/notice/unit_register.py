"""Names to the register of units: aliases, classes, collectives with members, look-alikes for the clerk."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import COLLECTIVE, TOWN, Doubt, Task, Unit
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.doubts import doubt
from toolkit.notice.unit_names import base, group_of, inner, is_collective, is_open, looks_like_unit, second_plate

_TOWN_KINDS: tuple[tuple[str, str], ...] = (
    ("街", r"(?:街道|街道办|街道办事处|办事处|街|街道(?:人民)?政府)$"),
    ("办事处", r"办事处$"),
    ("乡", r"乡(?:(?:人民)?政府)?$"),
    ("镇", r"镇(?:(?:人民)?政府)?$"),
    ("园", r"园区?(?:管委会)?$"),
    ("开发区", r"开发区(?:管委会|管理委员会)?$"),
    ("管委会", r"管(?:理)?委(?:员)?会$"),
)
_TOWN_WORDS = lazy_pattern(r"^[省市区县]?(?:各|所有|全体|全区|全县)?(?:[乡镇街道办事处村区园开发管委会人民政府、和及与()\s]|社区|有关|相关)+$")
_GOVERNMENTS = lazy_pattern(r"^各?(?:县|市|区|[()、,和及])+(?:人民)?政府")
_LEVEL_WORDS = set("省市区县镇乡州国一二三四五六七八九十东西南北中上下新老0123456789")
_EACH = lazy_pattern(r"^各")
_BARE = lazy_pattern(r"^(?:县级市|[县市区旗镇乡村]|社区|功能区|园区|开发区)?(?:\([^()]*\))?(?:党委|党工委|委)?(?:(?:人民)?政府|办事处|管委会)?$")
_CAP = 400


def build_register(tasks: Sequence[Task], places: dict[str, str]) -> tuple[tuple[Unit, ...], tuple[Doubt, ...]]:
    """List every body the tasks name, in order of first mention, and what the clerk should look at; `places` says where a name stands."""
    names = list(dict.fromkeys(name for task in tasks for name in (*task.leads, *task.supports)))
    leading = {name for task in tasks for name in task.leads}
    plain = set(names)
    collectives = {name for name in names if is_collective(name) or (is_open(name) and name not in leading)}
    collectives |= _of_every([listed for task in tasks for listed in (task.leads, task.supports)])
    units: list[Unit] = []
    known: dict[str, str] = {}
    for name in (*(name for name in names if second_plate(name)), *names):
        if name in known:
            continue
        unit = Unit(name, group=COLLECTIVE, issued=False) if name in collectives else _unit(name, plain)
        units.append(unit)
        known.update(dict.fromkeys((unit.name, *unit.aliases), unit.name))
    order = {known[name]: at for at, name in reversed(list(enumerate(names)))}
    units.sort(key=lambda unit: order[unit.name])
    filled = tuple(_filled(unit, units) for unit in units)
    return filled, tuple(_doubts(filled, places, leading))


def _of_every(lists: Sequence[Sequence[str]]) -> set[str]:
    """Collect the names for which the 各 before them always holds too: 各市、县、区人民政府 are no single bodies."""
    every: set[str] = set()
    single: set[str] = set()
    for listed in lists:
        open_ = False
        for name in listed:
            folded = fold_characters(name)
            goes_on = open_ and bool(_BARE.match(folded))
            (every if goes_on else single).add(name)
            open_ = goes_on or bool(_EACH.match(folded))
    return every - single


def _unit(name: str, plain: set[str]) -> Unit:
    """Make a unit; one with two plates goes by its plain name where the text uses that too."""
    plate = second_plate(name)
    if plate:
        head = base(name)
        if head in plain:
            return Unit(head, (name, plate), group_of(head))
        return Unit(name, (head, plate), group_of(name))
    return Unit(name, group=group_of(name))


def _filled(unit: Unit, units: Sequence[Unit]) -> Unit:
    """Give a collective of towns or of governments its members as far as the notice names them."""
    if unit.issued:
        return unit
    folded = fold_characters(unit.name)
    if _GOVERNMENTS.match(folded):
        members = [unit.name for unit in units if unit.issued and re.search(r"[县市区](?:人民)?政府$", fold_characters(unit.name))]
    elif _TOWN_WORDS.match(folded):
        forms = [re.compile(form) for word, form in _TOWN_KINDS if word in folded]
        towns = [unit for unit in units if unit.issued and unit.group == TOWN]
        members = [town.name for town in towns if any(form.search(fold_characters(base(town.name))) for form in forms)]
        members += [town.name for town in towns if town.name not in members and any(form.search(fold_characters(inner(town.name))) for form in forms)]
    else:
        members = []
    return Unit(unit.name, unit.aliases, unit.group, tuple(members), issued=False)


def _doubts(units: Sequence[Unit], places: dict[str, str], leading: set[str]) -> Iterator[Doubt]:
    """Name what the clerk should settle in the register."""
    for unit in units:
        where = places.get(unit.name) or next((places[alias] for alias in unit.aliases if alias in places), "")
        if not unit.issued and unit.members:
            yield doubt(Code.MEMBERS_LISTED, where, unit.name, other="、".join(unit.members), count=str(len(unit.members)))
        elif not unit.issued:
            yield doubt(Code.MEMBERS_UNKNOWN, where, unit.name)
        elif is_open(unit.name) and unit.name in leading:
            yield doubt(Code.DIVISION_LEADS, where, unit.name)
        elif not looks_like_unit(unit.name):
            yield doubt(Code.NOT_A_UNIT, where, unit.name)
    for text, other, how in look_alikes([unit.name for unit in units if unit.issued]):
        yield doubt(Code.SAME_UNIT, places.get(text, ""), f"{text} / {other}", how=how)


def look_alikes(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Propose pairs of names that may be one body; beyond a cap only names with the same first two characters are compared."""
    plain = {name: fold_characters(base(name)) for name in names}
    for text, other in _pairs(names, plain):
        short, long = sorted((plain[text], plain[other]), key=len)
        if short == long or _apart_by_level(short, long):
            continue
        if _abbreviates(short, long):
            yield text, other, "像简称和全称"
        elif _nearly_same(short, long):
            yield text, other, "相近"


def _pairs(names: Sequence[str], plain: dict[str, str]) -> Iterator[tuple[str, str]]:
    """List pairs to compare."""
    if len(names) <= _CAP:
        yield from combinations(names, 2)
        return
    blocks: dict[str, list[str]] = {}
    for name in names:
        blocks.setdefault(plain[name][:2], []).append(name)
    for block in blocks.values():
        yield from combinations(block[:_CAP], 2)


def _apart_by_level(short: str, long: str) -> bool:
    """Say whether two names differ only by level, number or direction: 区财政局 and 市财政局, 第一小学 and 第二小学."""
    if len(short) != len(long):
        return False
    differing = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
    return all(a in _LEVEL_WORDS and b in _LEVEL_WORDS for a, b in differing)


_LEVEL_HEAD = lazy_pattern(r"^(?:国家|省|市(?!场|政|容)|区|县)")
_KIND_TAIL = lazy_pattern(r"(?:分局|局|委员会|委|办公室|办|厅|中心|公司|集团|街道办事处|街道|镇|乡|处|院|社|会|馆|部)$")
_ABBREVIATED = {"委": "委员会", "办": "办公室", "街道": "街道办事处"}


def _abbreviates(short: str, long: str) -> bool:
    """Say whether one name shortens the other: same head and tail, its characters in the other's order."""
    if len(short) < 3 or len(long) == len(short):
        return False
    tails = [match.group() if (match := _KIND_TAIL.search(name)) else "" for name in (short, long)]
    if not tails[0] or _ABBREVIATED.get(tails[0], tails[0]) not in (tails[1], _ABBREVIATED.get(tails[1], tails[1])):
        return False
    if _LEVEL_HEAD.match(long) and not _LEVEL_HEAD.match(short):
        return long[1:] == short
    if short[0] != long[0] or len(short) < 4:
        return False
    rest = iter(long)
    if not all(char in rest for char in short):
        return False
    core = len(short) - len(tails[0])
    return short[1:2] == long[1:2] and (core >= 3 or short[:-len(tails[0])] == long[:len(short) - len(tails[0])])


def _nearly_same(short: str, long: str) -> bool:
    """Say whether two names differ by about one character."""
    if len(short) < 5 or len(long) - len(short) > 1:
        return False
    if len(short) == len(long) and len(short) < 6:
        return False
    return fuzz.ratio(short, long) >= 100 * (1 - 1.5 / len(long)) and Counter(short) != Counter(long)
