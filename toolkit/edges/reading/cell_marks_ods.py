"""Finds error cells, percentages and merged cells in .ods, which the fast reader gives as blanks, as bare fractions and apart."""

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_extent import count_of
from toolkit.edges.reading.precheck_format import At, CellMarks
from toolkit.model.returns import CellFault

_REPEATED = 1_000  # cells that one repeated cell may stand for; more of them are not special one by one


def ods_marks(package: Package) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet by name; the package has passed the precheck. Raises ExpatError for broken XML."""
    reader, machine = _Reader(), expat.ParserCreate()
    machine.StartElementHandler, machine.EndElementHandler, machine.CharacterDataHandler = reader.start, reader.end, reader.text
    machine.buffer_text = True
    for chunk in package.parts["content.xml"].chunks():
        machine.Parse(chunk, False)
    machine.Parse(b"", True)
    return {name: marks for name, marks in reader.sheets() if any(marks)}


class _Reader:
    """Follows the cells of every sheet; cells and rows may stand for several."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._faults: list[dict[At, CellFault]] = []
        self._percents: list[set[At]] = []
        self._merges: list[list[tuple[int, int, int, int]]] = []
        self._row = self._column = self._rows = self._columns = 0
        self._error: list[str] | None = None

    def sheets(self) -> Iterator[tuple[str, CellMarks]]:
        """Give what was found, sheet by sheet."""
        for name, faults, percents, merges in zip(self._names, self._faults, self._percents, self._merges, strict=True):
            yield name, CellMarks(faults, frozenset(percents), tuple(merges))

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open a sheet, a row or a cell."""
        if name == "table:table":
            self._names.append(attributes.get("table:name", ""))
            self._faults.append({})
            self._percents.append(set())
            self._merges.append([])
            self._row = self._rows = 0
        elif name == "table:table-row":
            self._row, self._rows = self._row + self._rows, count_of(attributes.get("table:number-rows-repeated", ""))
            self._column = self._columns = 0
        elif name in {"table:table-cell", "table:covered-table-cell"} and self._names:
            self._column, self._columns = self._column + self._columns, count_of(attributes.get("table:number-columns-repeated", ""))
            self._cell(attributes)

    def end(self, name: str) -> None:
        """Close a cell: the word of an error is its text."""
        if name == "table:table-cell" and self._error is not None:
            word = "".join(self._error).strip() or "#N/A"
            self._faults[-1].update(dict.fromkeys(self._cells(), CellFault(word)))
            self._error = None

    def text(self, data: str) -> None:
        """Collect the word of an error."""
        if self._error is not None:
            self._error.append(data)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        if "error" in {attributes.get("calcext:value-type"), attributes.get("office:value-type")}:
            self._error = []
        elif attributes.get("office:value-type") == "percentage":
            self._percents[-1].update(self._cells())
        down, across = (count_of(attributes.get(f"table:number-{way}-spanned", "")) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            self._merges[-1].append((self._row, self._column, self._row + down - 1, self._column + across - 1))

    def _cells(self) -> Iterator[At]:
        rows = min(self._rows, _REPEATED)
        columns = min(self._columns, max(1, _REPEATED // rows))
        return ((self._row + down, self._column + across) for down in range(rows) for across in range(columns))
