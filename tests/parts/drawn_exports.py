"""Random exports of form sites, as 问卷星, 腾讯文档, WPS 表单 and 金山 write them: a row an answer, answers given twice, units and tasks that are wrong."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from openpyxl import Workbook

from tests.parts.drawn_books import TYPED, UNITS, Cell, Line
from toolkit.model.master import Master

START = datetime(2023, 3, 20, 9)  # noqa: DTZ001 - file times are local
NUMBER, UNIT = "编号", "单位"
SITES: Mapping[str, tuple[tuple[str, ...], str, str]] = {  # what stands before the answers; how a question is written; how the time is
    "问卷星": (("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"), "{at}、{title}", "%Y/%m/%d %H:%M:%S"),
    "腾讯文档": (("提交者（自动）", "提交时间（自动）"), "{title}（必填）", "%Y-%m-%d %H:%M:%S"),
    "WPS表单": (("提交时间", "提交者"), "{at}.{title}", "%Y-%m-%d %H:%M"),
    "金山": (("填写人", "填写时间"), "*{title}", "%Y年%m月%d日 %H:%M:%S"),
}
_TIMES = {"提交答卷时间", "提交时间（自动）", "提交时间", "填写时间"}


@dataclass
class Export:
    """One export: its site, its lines, what every cell must end as, cells that must be asked about, and rows that were answered twice."""

    site: str
    lines: list[Line]
    truth: dict[Cell, object]
    doubtful: set[Cell] = field(default_factory=set)
    twice: int = 0

    def as_xlsx(self) -> bytes:
        """Write as a workbook."""
        book, out = Workbook(), io.BytesIO()
        book.worksheets[0].title = "Sheet1"
        for line in self.lines:
            book.worksheets[0].append(line)
        book.save(out)
        return out.getvalue()

    def as_csv(self, charset: str) -> bytes:
        """Write as a csv."""
        out = io.StringIO()
        csv.writer(out).writerows([["" if value is None else str(value) for value in line] for line in self.lines])
        return out.getvalue().encode(charset)


def export(random: Random, master: Master, units: list[str]) -> Export:
    """Draw the export of one form that several units answered."""
    site = random.choice(list(SITES))
    before, question, clock = SITES[site]
    titles = [question.format(at=at, title=title) for at, title in enumerate((UNIT, NUMBER, *TYPED), 1)]
    made = Export(site, [[*before, *titles]], {})
    answers = [(unit, number) for unit in units for number in _tasks(master, unit)]
    random.shuffle(answers)
    moment = START
    wrong = random.choice(("", "unit", "task", "twice", "twice"))
    for at, (unit, number) in enumerate(answers):
        moment += timedelta(minutes=random.randrange(1, 90))
        says = _says(random, unit, number)
        shown, shown_number = unit, number
        if at == 0 and wrong == "unit":
            shown = random.choice(("某某中心", unit[:-1] if unit[:-1] not in UNITS else "某某办", ""))
        if at == 0 and wrong == "task":
            shown_number = random.choice(("任务99", next(other for other in _tasks(master, _other(units, unit))[::-1])))
        made.lines.append([*_beside(before, at, moment, clock, random), shown, shown_number, *says.values()])
        cells = {(unit, number, title): value for title, value in says.items()}
        made.truth |= cells
        made.doubtful |= set(cells) if at == 0 and wrong in {"unit", "task"} and (shown, shown_number) != (unit, number) else set()
        if at == 0 and wrong == "twice":
            again = _says(random, unit, number)
            later = moment + timedelta(days=1)
            made.lines.insert(random.choice((1, len(made.lines))), [*_beside(before, at, later, clock, random), unit, number, *again.values()])
            made.truth |= {(unit, number, title): value for title, value in again.items()}
            made.twice += 1
    return made


def _tasks(master: Master, unit: str) -> list[str]:
    return [task.number for task in master.tasks if unit in (*task.leads, *task.supports)]


def _other(units: list[str], unit: str) -> str:
    return next(other for other in units if other != unit)


def _beside(before: tuple[str, ...], at: int, moment: datetime, clock: str, random: Random) -> Line:
    values: Line = []
    for title in before:
        values.append(moment.strftime(clock) if title in _TIMES else at + 1 if title == "序号" else f"张某{random.randrange(9)}")
    return values


def _says(random: Random, unit: str, number: str) -> dict[str, object]:
    made = random.randrange(10_000)
    return {
        "进展状态": "推进中",
        "累计进度": random.randrange(26, 99),
        "本季进展情况": f"{unit}为{number}完成了招标{made}项并进场施工。",
        "下一步措施": f"{unit}下季度完成主体工程{made}米。",
    }

