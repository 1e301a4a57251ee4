"""签批表: a unit's form laid out for paper, a card a task in letters that can be read, to be signed, with the code by which it is known again."""

from collections.abc import Mapping, Sequence

from toolkit.model.form import Field, Form
from toolkit.model.master import Master
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.signed import SHORTEST, SignedForm, SignedRow
from toolkit.model.standing import Round
from toolkit.model.word_document import Block, Paragraph, QrCode, Style, Table, WordDocument
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.paper_wording import one_line
from toolkit.views.papers.reminder import what_is_owed

_WIDTHS = (34.0, 122.0)
_PAIRED = (34.0, 44.0, 34.0, 44.0)
_SHORT = 12  # characters: two figures that are no longer stand beside each other
_GROUP = 4
_BLANK = "（未填）"


def signed_form(unit: str, rows: Sequence[Row], form: Form, master: Master, *, period: str, receipt: str, file: str) -> SignedForm:
    """Take the figures of a unit's return that count, in the order of its form; a column left blank is there as such."""
    order = {table.sheet: at for at, table in enumerate(form.tables)}
    answered = sorted((row for row in rows if row.answers and row.table in order), key=lambda row: order[row.table])
    texts = {task.number: task.text for task in master.tasks}
    return SignedForm(period, unit, receipt, file, tuple(_row(row, form, texts) for row in answered))


def print_edition(signed: SignedForm, state: Round, letterhead: Letterhead) -> WordDocument:
    """Write the paper: the figures card by card, then the lines to sign on and the code; no card is broken over two pages."""
    title = f"{what_is_owed(state)}签批表"
    blocks: list[Block] = [
        Paragraph(title, Style.ANNEX_TITLE),
        Paragraph(f"填报单位：{signed.unit}　　回执编号：{signed.receipt or '无'}", Style.NOTE),
    ]
    for row in signed.rows:
        blocks += [Paragraph(f"{row.key.replace('|', '　')}（{row.role}）　{one_line(row.matter)}", Style.CAPTION), *_card(row)]
    signatures = tuple((name, "") for name in (state.form.sign_off or ("填报人", "审核人", "单位盖章", "日期")))
    count = sum(value != _BLANK for row in signed.rows for _, value in row.figures)
    code = " ".join(signed.digest[start : start + _GROUP] for start in range(0, SHORTEST, _GROUP))
    blocks += [
        Paragraph(f"以上{len(signed.rows)}行、{count}个填报值，经核对属实。", Style.NOTE),
        Table((), signatures, _WIDTHS, form=True, heights=(16.0,) * len(signatures), together=True, follows=True),
        Paragraph(f"校验码：{code}　（回执编号 {signed.receipt or '无'}，{state.period.label}）", Style.NOTE),
        QrCode(signed.code, 26.0),
        Paragraph("校验码由以上全部填报值算出，任何一个值不同，校验码就不同。签字盖章后扫描或拍照报回。", Style.NOTE),
    ]
    return letterhead.paper(f"{title}（{signed.unit}）", blocks)


def _row(row: Row, form: Form, texts: Mapping[str, str]) -> SignedRow:
    table = form.table(row.table)
    fields = table.filled if table else ()
    return SignedRow(row.table, row.key, texts.get(row.number, ""), row.role.value, tuple((field.title, _shown(row, field)) for field in fields))


def _shown(row: Row, field: Field) -> str:
    value = row.value(field.code)
    return _BLANK if value is None else shown_text(field.kind.show(value))


def _card(row: SignedRow) -> list[Block]:
    """Lay a row out: short figures two beside each other, each longer one on a line of its own, last the names of columns left blank."""
    filled = [pair for pair in row.figures if pair[1] != _BLANK]
    short = [pair for pair in filled if len(pair[1]) <= _SHORT and len(pair[0]) <= _SHORT]
    short = short[: len(short) // 2 * 2]  # one that stands alone gets a line of its own
    paired = tuple((*first, *second) for first, second in zip(short[::2], short[1::2], strict=True))
    blank = "、".join(title for title, value in row.figures if value == _BLANK)
    long = (*(pair for pair in filled if pair not in short), *([("没有填的栏", blank)] if blank else []))
    blocks: list[Block] = [Table((), paired, _PAIRED, form=True, together=True, follows=bool(long))] if paired else []
    return [*blocks, *([Table((), long, _WIDTHS, form=True, together=True)] if long else [])]
