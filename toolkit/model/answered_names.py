"""Units that a clerk writes into an answer of 待确认: as the register calls them, and what is no unit's name at all."""

from collections.abc import Iterable

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Master
from toolkit.model.period_words import half_width
from toolkit.model.unit_words import unit_meant

_BRACKET = lazy_pattern(r"[(（〈《\[【][^)）〉》\]】]*[)）〉》\]】]$")
_BODY = lazy_pattern(r"(?:[局委办厅院部处室站所队社会馆台校厂行组团联心司道街镇乡区县市州盟旗省村府位门业关园场库投城塔协商防电动通政草]|[A-Za-z.])$")
_REMARK = lazy_pattern(r"^(?:不|无|没|暂|已|全部|全体|所有|同意|都|同上|见|按|略|待)|[。！？!?：:]")


def called(master: Master, name: str) -> str:
    """Give the register's name of a unit that is written short, where it fits one unit only; any other name as it stands."""
    unit = None if master.resolve(name) else unit_meant(master, name).unit
    return unit.name if unit else name


def understood(master: Master, names: Iterable[str]) -> tuple[str, ...]:
    """Give names as the register calls them, each once."""
    return tuple(dict.fromkeys(called(master, name) for name in names))


def is_no_unit(master: Master, name: str) -> bool:
    """Whether words name no unit that the register knows, and have not the shape of a body's name either: 不用, 全部, 好的."""
    if master.resolve(called(master, name)):
        return False
    plain = half_width(name).strip()
    return len(plain) < 2 or bool(_REMARK.search(plain)) or not has_body_ending(plain)


def has_body_ending(name: str) -> bool:
    """Whether a name ends as bodies' names do (局, 街道, 公司 …), a bracket at its end aside."""
    return bool(_BODY.search(_BRACKET.sub("", half_width(name).strip())))
