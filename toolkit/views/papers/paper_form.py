"""签批表 as it is issued: the form for paper, a card a task with room to write by hand, for units that sign before they send."""

from collections.abc import Iterator

from toolkit.model.form import Field, Form, Source, Subject
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.period import Period
from toolkit.model.seal import shown_text
from toolkit.model.word_document import Block, Paragraph, QrCode, Section, Style, Table, WordDocument
from toolkit.views.papers.paper_wording import day, one_line

_WIDTHS, _PAIRED = (34.0, 122.0), (34.0, 44.0, 34.0, 44.0)
_SHORT_COLUMN = 12.0  # characters of a column's width: figures, days and choices, which stand two beside each other
_ROOM, _SHORT_ROOM, _SIGN_ROOM = 16.0, 9.0, 16.0  # millimetres to write in
_SIGNS = ("填报人", "审核人", "单位盖章", "日期")


def paper_form(issue: Issue, form: Form, office: str) -> WordDocument:
    """Write the paper: what was filled in beforehand as text, what the unit answers as empty boxes, then the lines to sign on and the receipt code."""
    period = Period.parse(issue.period)
    title = f"{form.title.replace('{期间}', period.span_label).removesuffix('报送表')}签批表"
    due = f"　　截止日期：{day(issue.due)}" if issue.due else ""
    blocks: list[Block] = [Paragraph(title, Style.ANNEX_TITLE), Paragraph(f"填报单位：{issue.unit}　　回执编号：{issue.receipt}{due}", Style.NOTE)]
    for table in form.tables:
        if table.subject is not Subject.BLANK:
            for row in issue.tables.get(table.sheet, ()):
                blocks += _card(row, table.fields)
    signs = tuple((name, "") for name in form.sign_off or _SIGNS)
    blocks += [
        Table((), signs, _WIDTHS, form=True, heights=(_SIGN_ROOM,) * len(signs), together=True, follows=True),
        Paragraph(f"回执编号：{issue.receipt}（{period.span_label}）", Style.NOTE),
        QrCode(issue.receipt, 22.0),
        Paragraph("供打印后手写、签字盖章用；数据以报送的电子表为准。报送以后，办公室发回的签批表带校验码。", Style.NOTE),
    ]
    return WordDocument(f"{title}（{issue.unit}）", (Section(tuple(blocks)),), author=office)


def _card(row: IssuedRow, fields: tuple[Field, ...]) -> Iterator[Block]:
    """Give a row: its matter, what is known of it, boxes for short answers two beside each other and for long ones each on a line of its own."""
    known = [(field, text) for field in fields if field.source is Source.PREFILLED and (text := _shown(field, row))]
    matter = max(known, key=lambda pair: pair[0].width, default=(None, ""))[1]  # what a row is about stands in its widest column
    asked = [field for field in fields if field.source is Source.FILLED]
    short = [field.title for field in asked if field.width <= _SHORT_COLUMN]
    short = short[: len(short) // 2 * 2]  # one that stands alone gets a line of its own
    long = [field.title for field in asked if field.title not in short]
    facts = "；".join(f"{field.title}：{one_line(text)}" for field, text in known if text not in {matter, row.number, row.role.value})
    yield Paragraph(f"{row.number}（{row.role.value}）　{one_line(matter)}", Style.CAPTION)
    if facts:
        yield Table((), (("已知", facts),), _WIDTHS, form=True, together=True, follows=bool(asked))
    pairs = tuple((first, "", second, "") for first, second in zip(short[::2], short[1::2], strict=True))
    if pairs:
        yield Table((), pairs, _PAIRED, form=True, heights=(_SHORT_ROOM,) * len(pairs), together=True, follows=bool(long))
    if long:
        yield Table((), tuple((title, "") for title in long), _WIDTHS, form=True, heights=(_ROOM,) * len(long), together=True)


def _shown(field: Field, row: IssuedRow) -> str:
    value = row.shown.get(field.code)
    return "" if value in (None, "") else shown_text(field.kind.show(value))
