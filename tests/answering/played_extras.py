"""What comes in a played round beside clean forms: evidence in every way, two halves, a book of several units, an export, a Word table, a locked workbook."""

import csv
import io
import os
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from docx import Document
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.corridor.test_evidence import JPG, PDF, PNG, packed
from tests.parts.drawn_exports import NUMBER, SITES, UNIT
from tests.parts.test_documents import draw
from tests.small import Q1, header_row
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.assign_evidence import is_evidence
from toolkit.flows.intake.list_returns import assign, decide
from toolkit.flows.office.office_context import open_office
from toolkit.model.decisions import DecisionAction
from toolkit.model.returns import Outcome
from toolkit.model.seal import RECEIPT

ZIPPED, FOLDER, MAILED, CODED, NAMED = "区民政局", "区公安分局", "区卫生健康局", "区司法局", "区园林和林业局"
SPLIT, TYPED_IN_WORD, LOCKED = "永安街道", "区残联", "区妇联"
TOGETHER = {"区邮政公司": "区邮政公司", "区财政局": "区财政局", "区生态集团": "区生态集团公司"}  # the last is called by a name that is nobody's
EXPORTED = ("经开投公司", "区总工会", "团区委")
SECRET = "某某口令"  # noqa: S105 - the test's own
_MAIN, _FILLED = "任务进展", ("进展状态", "累计进度", "本季进展情况", "存在问题", "原因", "下一步措施")


def spoil(space: Workspace) -> None:
    """Send what some units played in other ways than as their clean form."""
    inbox = space.inbox
    members = {"佐证材料/任务82/照片.jpg": JPG, "佐证材料/任务94/批复.pdf": PDF, "现场01.png": PNG, "进展.xlsx": _taken(space, ZIPPED)}
    _put(inbox / f"{ZIPPED}.zip", packed(members))
    _put(inbox / FOLDER / "一季度.xlsx", _taken(space, FOLDER))
    _put(inbox / FOLDER / "任务97" / "现场.jpg", JPG + b"1")
    _put(inbox / FOLDER / "一季度进展（盖章扫描件）.pdf", PDF + b"1")
    _put(inbox / "来信.eml", _mail(_taken(space, MAILED)))
    _halves(space)
    _together(space)
    _export(space)
    _document(space)
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(_taken(space, LOCKED))).encrypt(SECRET, out)
    _put(inbox / "加密的表.xlsx", out.getvalue())


def send_later(space: Workspace, at: datetime) -> None:
    """Send evidence days after the returns, on its own: with the receipt code, or unit and task, in its name."""
    code = next(str(found) for (text,) in _sheet(_issued(space, CODED)).iter_rows(max_col=1, max_row=8, values_only=True) if (found := _code(text)))
    for name, content in ((f"{code} 任务109 竣工照片.jpg", JPG + b"2"), (f"{NAMED} 任务67 验收.pdf", PDF + b"2")):
        _put(space.inbox / name, content)
        os.utime(space.inbox / name, (at.timestamp(), at.timestamp()))


def answer_waiting(space: Workspace) -> None:
    """Accept the rows whose unit was proposed, and say which task a picture belongs to."""
    with open_office(space) as office:
        waiting = [record for record in office.ledger.all_files() if record.outcome is Outcome.WAITING]
        pictures = [record.id for record in waiting if is_evidence(office, record)]
    assign(space, pictures, ZIPPED, Q1, tasks=["任务82"])
    decide(space, [record.id for record in waiting if record.id not in pictures and "待认定" in record.name], DecisionAction.ACCEPT)


def check_evidence(sheet: Worksheet) -> None:
    """Choose 已核 for the first picture of 佐证材料, 不符 for the second."""
    columns = {cell.value: cell.column for cell in sheet[1]}
    held = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["种类"]).value == "佐证材料"]
    for row, word in zip(sorted(held, key=lambda row: str(sheet.cell(row, columns["材料"]).value)), ("已核", "不符"), strict=False):
        sheet.cell(row, columns["核验"]).value = word


def _code(text: object) -> str:
    found = RECEIPT.search(str(text or ""))
    return found.group() if found else ""


def _issued(space: Workspace, unit: str) -> Path:
    return space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx"


def _taken(space: Workspace, unit: str) -> bytes:
    """Take a played form out of the inbox."""
    path = space.inbox / _issued(space, unit).name
    content = path.read_bytes()
    path.unlink()
    return content


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _sheet(source: Path | bytes) -> Worksheet:
    return load_workbook(io.BytesIO(source) if isinstance(source, bytes) else source)[_MAIN]


def _lines(content: bytes) -> tuple[list[object], list[list[object]]]:
    """Give the titles and the rows of a played form."""
    sheet = _sheet(content)
    rows = [list(row) for row in sheet.iter_rows(min_row=header_row(sheet), values_only=True)]
    return rows[0], [row for row in rows[1:] if str(row[0] or "").startswith(("任务", "目标"))]


def _mail(form: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "wjj@example.com", "office@example.com", "报送一季度进展"
    mail["Date"], mail["Message-ID"] = "Mon, 20 Mar 2023 09:00:00 +0800", "<1@example.com>"
    mail.set_content("见附件")
    mail.set_boundary("----1")
    for name, content in (("进展.xlsx", form), ("任务91现场.jpg", JPG + b"3")):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes(policy=SMTP)


def _halves(space: Workspace) -> None:
    """Two divisions of one unit: the one fills in the first half of its rows, the other the rest."""
    content = _taken(space, SPLIT)
    for at in range(2):
        book = load_workbook(io.BytesIO(content))
        sheet = book[_MAIN]
        top = header_row(sheet)
        columns = [cell.column for cell in sheet[top] if cell.value in _FILLED]
        rows = [row for row in range(top + 1, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").startswith("任务")]
        middle = len(rows) // 2
        for row in rows[middle:] if at == 0 else rows[:middle]:
            for column in columns:
                sheet.cell(row, column).value = None
        book.save(space.inbox / f"{SPLIT}（{at + 1}科）.xlsx")


def _together(space: Workspace) -> None:
    """Rows of three units under each other, with a column of units."""
    book = Workbook()
    sheet = book.worksheets[0]
    for unit, called in TOGETHER.items():
        titles, rows = _lines(_taken(space, unit))
        if sheet.max_row == 1:
            sheet.append(["单位", *titles])
        for row in rows:
            sheet.append([called, *row])
    book.save(space.inbox / "三家汇总.xlsx")


def _export(space: Workspace) -> None:
    """What 问卷星 writes of the answers of three units."""
    before, question, clock = SITES["问卷星"]
    lines: list[list[object]] = []
    moment = datetime(2023, 3, 20, 9)  # noqa: DTZ001 - file times are local
    for unit in EXPORTED:
        titles, rows = _lines(_taken(space, unit))
        for row in rows:
            shown = dict(zip(map(str, titles), row, strict=True))
            moment += timedelta(minutes=7)
            lines.append([len(lines) + 1, moment.strftime(clock), "60秒", "手机", "直接访问", "", unit, row[0], *(shown[title] for title in _FILLED)])
    out = io.StringIO()
    questions = [question.format(at=at, title=title) for at, title in enumerate((UNIT, NUMBER, *_FILLED), 1)]
    csv.writer(out).writerows([[*before, *questions], *(["" if value is None else value for value in line] for line in lines)])
    _put(space.inbox / "收集结果.csv", out.getvalue().encode("utf-8-sig"))


def _document(space: Workspace) -> None:
    made = Document()
    draw(made, _sheet(_taken(space, TYPED_IN_WORD)))
    made.save(str(space.inbox / "一季度进展.docx"))
