"""Puts beside each value that holds in a round whose words below the unit it rests on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from toolkit.merging.filed_return import FiledReturn
from toolkit.model.form import Form
from toolkit.model.lower_source import LowerLine, LowerSource, title_of
from toolkit.model.seal import shown_text
from toolkit.model.standing import UnitRow


def lower_lines(details: Sequence[UnitRow], files: Sequence[FiledReturn], form: Form, sources: Mapping[int, Sequence[LowerSource]]) -> Iterator[LowerLine]:
    """Give the values that rest on others, in the order of the units' rows; `sources` are those of each file by its number in the ledger."""
    behind: dict[tuple[str, str, str, str], list[LowerSource]] = defaultdict(list)
    for file in files:
        for source in sources.get(file.id, ()):
            behind[file.unit, file.name, source.sheet, source.cell].append(source)
    for detail in details if behind else ():
        table = form.table(detail.row.table)
        for field in table.filled if table else ():
            answer = detail.row.answers.get(field.code)
            mine = behind.get((detail.unit, *answer.place)) if answer else None
            if answer and mine:
                title = title_of(detail.row.key, field.title)
                yield LowerLine(detail.unit, detail.row.number, title, answer.place, detail.path, shown_text(answer.value), tuple(mine))
