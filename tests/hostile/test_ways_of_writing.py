"""The same cells written in every way that XML allows: each is read as it stands, named as a fault, or the whole file is refused; none is a silent blank."""

import random
from collections import Counter

import pytest

from tests.hostile.books import with_parts
from tests.inbox.test_precheck_and_sandbox import outcome
from toolkit.model.returns import CellFault, Fault
from toolkit.model.values import PercentCell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LEADS = ("", "", "", '<?xml version="1.0"?>', "<!-- sst -->", "\ufeff", "杂", "&#32;", "<?mso-application x?>\n", "<!--" + "x" * 5_000 + "-->")
BETWEEN = ("", "", "", "", " ", "\n", "<!-- c -->", "<?x y?>", "<!--<v>5</v>-->")
FORMULAS = (
    "<{p}f>1+1</{p}f>",
    "<{p}f/>",
    '<{p}f t="shared" si="0"/>',
    '<{p}f aca="false">1+1</{p}f>',
    "<{p}f><![CDATA[1<2]]></{p}f>",
    "<{p}f\n>A1&amp;B1</{p}f>",
)
EMPTY = ("", "<{p}v/>", "<{p}v></{p}v>", "<{p}v ></{p}v>", "<{p}v><!-- x --></{p}v>")
TEXTS = ("<{p}t>甲</{p}t>", "<{p}t>&#30002;</{p}t>", "<{p}r><{p}rPr/><{p}t>甲</{p}t></{p}r>", "<{p}t><![CDATA[甲]]></{p}t>", "<{p}t><!-- x -->甲</{p}t>")
SEVENS = ("7", "7", "7.0", "7E0", "<!-- x -->7", "7<!-- x -->", "<?x?>7", "<![CDATA[7]]>", "&#55;")
KINDS = ("percent", "number", "number", "text", "shared", "truth", "blank", "unanswered", "answered", "error", "odd error", "empty text")
OWN_FORMAT = '<x:cellStyleXfs><x:xf numFmtId="0"/></x:cellStyleXfs><x:cellXfs><x:xf numFmtId="0"/><x:xf\n  numFmtId="170"></x:xf></x:cellXfs>'
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>',
    f"<styleSheet xmlns='{MAIN}'><cellXfs count = '2'><!-- x --><xf numFmtId = '0'/><xf numFmtId = '10' xfId='0'><alignment/></xf></cellXfs></styleSheet>",
    f'<x:styleSheet xmlns:x="{MAIN}"><x:numFmts><x:numFmt formatCode="0.0%" numFmtId="170"/></x:numFmts>{OWN_FORMAT}</x:styleSheet>',
)


def cell(draw: random.Random, kind: str, prefix: str) -> tuple[str, str, object]:
    """Give the attribute that tells a cell's type, what stands in it, and what is to be read."""
    formula = draw.choice(FORMULAS) + draw.choice(BETWEEN)
    some: dict[str, tuple[str, str, object]] = {
        "number": ("", f"<{{p}}v>{draw.choice(SEVENS)}</{{p}}v>", 7.0),
        "percent": ("", "<{p}v>0.5</{p}v>", PercentCell(0.5)),
        "text": ("inlineStr", f"<{{p}}is>{draw.choice(TEXTS)}</{{p}}is>", "甲"),
        "shared": ("s", "<{p}v>0</{p}v>", "编号"),
        "truth": ("b", "<{p}v>1</{p}v>", True),
        "blank": ("", "", None),
        "unanswered": ("", formula + draw.choice(EMPTY), Fault.FORMULA),
        "answered": ("", formula + "<{p}v>8</{p}v>", 8.0),
        "error": ("e", draw.choice(("", formula)) + "<{p}v>#REF!</{p}v>", Fault.ERROR),
        "odd error": ("e", "<{p}v>#SPILL!</{p}v>", Fault.ERROR),
        "empty text": ("str", "<{p}f>A1</{p}f>" + draw.choice(EMPTY[1:3]), None),
    }
    tag, inside, meant = some[kind]
    return tag, inside.replace("{p}", prefix), meant


def written(draw: random.Random) -> tuple[bytes, list[list[object]]]:
    """Write a sheet of some rows; gives also what is to be read."""
    prefix, quote, equals = draw.choice(("", "", "", "x:")), draw.choice(('"', '"', '"', "'")), draw.choice(("=", "=", "=", " = "))
    gap = draw.choice((" ", " ", " ", " ", "\n", "\t", "\r\n  "))
    addressed, shuffled = draw.random() < 0.8, draw.random() < 0.2
    rows: list[str] = []
    truth: list[list[object]] = []
    for number in range(1, draw.randint(2, 5)):
        cells, meanings = [], []
        for column in "ABCDE":
            kind = draw.choice(KINDS)
            tag, inside, meant = cell(draw, kind, prefix)
            style = [("s", "1")] if kind == "percent" else [("s", "0")] * draw.randint(0, 1)
            attributes = [("r", f"{column}{number}")] * addressed + style + [("t", tag)] * bool(tag) + [("cm", "1")] * (draw.random() < 0.1)
            if shuffled:
                draw.shuffle(attributes)
            words = "".join(f"{gap}{name}{equals}{quote}{value}{quote}" for name, value in attributes)
            cells.append(f"<{prefix}c{words}>{inside}</{prefix}c>" if inside else f"<{prefix}c{words}/>")
            meanings.append(meant)
        place = f"{gap}r{equals}{quote}{number}{quote}" if addressed else ""
        rows.append(f"<{prefix}row{place}>{''.join(cells)}</{prefix}row>")
        truth.append(meanings)
    space = f'xmlns:x="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    root = draw.choice(("worksheet", "worksheet", "worksheet", "sst"))
    sheet = f"<{prefix}{root} {space}><{prefix}sheetData>{draw.choice(BETWEEN[:6]).join(rows)}</{prefix}sheetData></{prefix}{root}>"
    return (draw.choice(LEADS) + sheet).encode(), truth


def as_read(value: object) -> object:
    return value.kind if isinstance(value, CellFault) else value


@pytest.mark.parametrize("seed", range(8))
def test_no_way_of_writing_hides_a_cell(seed: int) -> None:
    """Each cell is what was meant, or the file is refused as a whole; most files are read."""
    draw = random.Random(seed)  # noqa: S311
    ends: Counter[str] = Counter()
    for turn in range(150):
        content, truth = written(draw)
        found = outcome(with_parts({"xl/worksheets/sheet1.xml": content, "xl/styles.xml": draw.choice(STYLES).encode()}))
        if isinstance(found, str):
            ends[found] += 1
            continue
        assert isinstance(found, tuple)
        width = max(map(len, found), default=0)
        seen = [[*map(as_read, row), *[None] * (len(truth[0]) - len(row))] for row in found]
        seen += [[None] * len(truth[0])] * (len(truth) - len(seen))
        assert width <= len(truth[0])
        assert truth == seen, (seed, turn, content.decode())
        assert [list(map(type, row)) for row in truth] == [list(map(type, row)) for row in seen], (seed, turn, content.decode())  # 50% is no 0.5
        ends["read"] += 1
    assert ends["read"] > 100, ends
