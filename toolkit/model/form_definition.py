"""A form definition as cells, before it is a workbook."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Cells = Sequence[object]


class Definition(NamedTuple):
    """What a definition holds: rows of 表单 (key, value), of 栏目 sheets by header, of 选项 (名称, 值, 含义, 同义词, 阶段), lists, header first."""

    settings: Sequence[tuple[str, str]]
    tables: Mapping[str, Sequence[Mapping[str, object]]]
    choices: Sequence[Cells] = ()
    lists: Mapping[str, Sequence[Cells]] = {}
