"""Events of a year as an office meets them, drawn at random: what can happen after a quarter was closed, and the hands that do it."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.clerk import add_row, answer
from tests.small import header_row, made_once
from tests.time.small_year import OPENS, Q1, Q2, Q3, Q4, YEAR, close, files_of, office, quietly, sent_on, take_in
from toolkit.edges.clock import held
from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import reopen
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code
from toolkit.model.period import Period

PERIODS = (Q1, Q2, Q3, Q4)
AMENDMENTS: tuple[Mapping[str, str], ...] = (
    {"编号": "任务1", "事项": "目标值", "现": "60", "性质": "变更", "文号": "某府办〔2023〕9号", "理由": "压减"},
    {"编号": "任务1", "事项": "目标值", "现": "40", "性质": "更正", "理由": "原来写错"},
    {"编号": "任务3", "事项": "牵头单位", "现": "云溪县发改局", "性质": "变更"},
    {"编号": "任务3", "事项": "完成时限", "现": "2023年5月底前", "性质": "变更"},
    {"编号": "任务2", "事项": "撤销任务", "理由": "并入任务1"},
    {"编号": "东山镇", "事项": "更名", "现": "东山街道"},
    {"编号": "云溪县发改局", "事项": "更名", "现": "云溪县发展和改革局"},
    {"编号": "东山镇", "事项": "拆分", "现": "东山北镇、东山南镇"},
    {"编号": "云溪县工信局", "事项": "合并", "现": "云溪县经济局"},
    {"编号": "任务1", "事项": "责任单位", "现": "东山镇", "性质": "变更"},
    {"编号": "任务1", "事项": "权重", "现": "3", "性质": "变更"},
    {"编号": "2023Q2", "事项": "截止", "现": "2023-07-20", "文号": "某府办〔2023〕12号"},
    {"编号": "云溪县发改局", "事项": "上级单位", "现": "云溪县工信局"},
)
REQUESTS: tuple[Mapping[str, str], ...] = (
    {"编号": "任务3", "类型": "延期", "现": "无", "申请改为": "2023年11月30日", "理由": "图纸审查延误。"},
    {"编号": "任务1", "类型": "调整目标", "现": "80万平方米", "申请改为": "60万平方米", "理由": "用地紧张。"},
    {"编号": "任务3", "类型": "更换牵头", "现": "东山镇", "申请改为": "云溪县发改局", "理由": "职责调整。"},
    {"编号": "任务2", "类型": "撤销", "理由": "并入任务1。"},
    {"编号": "任务3", "类型": "延期", "申请改为": "尽快", "理由": "看不出延到哪一天。"},
    {"类型": "延期报送", "申请改为": "2023-04-08", "理由": "防汛。"},
    {"类型": "情况说明", "理由": "镇里换届。"},
)
CONFLICTS: tuple[Mapping[str, str], ...] = (
    {"处理": "以责任为准", "处理说明": "现场看过"},
    {"处理": "以牵头为准"},
    {"处理": "以本办认定为准", "认定值": "60%"},
    {"处理": "以本办认定为准", "认定值": "差不多了"},
    {"处理": "退回核实", "处理说明": "请两家碰头"},
    {"处理": "", "处理说明": ""},
)
GRANTS: tuple[Mapping[str, str], ...] = (
    {"处理": "同意", "文号": "某府办函〔2023〕5号"},
    {"处理": "不同意", "处理说明": "全年目标不能推后"},
    {"处理": "补充材料", "处理说明": "请附审查意见"},
    {"处理": ""},
)
NOT_BEGUN, FINISHED = 0, 100  # progress that a unit reports with these words; between them it is under way
_PERIOD = st.sampled_from(PERIODS)
_FILLED: dict[tuple[bytes, int, str], bytes] = {}
_FIRST: list[bytes] = []  # what the two units have sent with which every office begins
EVENTS = st.one_of(
    st.tuples(st.just("return"), _PERIOD, st.integers(0, 5), st.integers(1, 99)),
    st.tuples(st.just("return"), st.just(Q1), st.integers(0, 5), st.integers(1, 99)),
    st.tuples(st.just("quarrel"), _PERIOD),
    st.tuples(st.just("conflict"), _PERIOD, st.integers(0, 3), st.sampled_from(CONFLICTS)),
    st.tuples(st.just("ask"), _PERIOD, st.integers(0, 5), st.sampled_from(REQUESTS)),
    st.tuples(st.just("grant"), _PERIOD, st.integers(0, 3), st.sampled_from(GRANTS)),
    st.tuples(st.just("again"), st.integers(0, 9)),
    st.tuples(st.just("arrival"), _PERIOD, st.integers(0, 2), st.integers(1, 28)),
    st.tuples(st.just("type"), st.integers(1, 99)),
    st.tuples(st.just("old copy")),
    st.tuples(st.just("broken"), st.integers(0, 99)),
    st.tuples(st.just("rule"), _PERIOD, st.integers(0, 3), st.sampled_from("红绿蓝")),
    st.tuples(st.just("issue"), _PERIOD),
    st.tuples(st.just("close"), st.sampled_from((*PERIODS, YEAR))),
    st.tuples(st.just("reopen"), st.sampled_from((*PERIODS, YEAR))),
    st.tuples(st.just("amend"), st.sampled_from(AMENDMENTS), st.sampled_from(("2023Q1", "2023Q2", "2023Q3", "2023Q4"))),
    st.tuples(st.just("rules"), st.integers(1, 9)),
    st.tuples(st.just("spoil"), _PERIOD, st.booleans()),
    st.tuples(st.just("next year")),
)


class Office:
    """A small office whose first quarter was issued and returned by two units; what happens to it, day by day."""

    def __init__(self, folder: Path) -> None:
        self.space = Workspace(folder.resolve())
        self.day = date(2023, 4, 5)
        self.refused: list[str] = []
        self.typed: Counter[str] = Counter()  # rulings that found a row, by sheet
        self.names_by_content = False  # of what units send; else by number in the order of sending
        self._files = 0
        self._sent: list[bytes] = []
        self._copies: list[bytes] = []
        made_once(self.space.root, self._begin, "year")
        self._files, self._sent = len(_FIRST), list(_FIRST)

    def _begin(self, folder: Path) -> Workspace:
        office(folder)
        self._issue(Q1)
        for number in (1, 2):
            self._return(Q1, number, 20)
        _FIRST[:] = self._sent
        return self.space

    def happen(self, event: tuple[object, ...]) -> None:
        """Let a thing happen on the next day; what cannot be done then is said, and counted."""
        self.day += timedelta(1)
        deeds: Mapping[object, Callable[..., None]] = {
            "return": self._return,
            "quarrel": self._quarrel,
            "conflict": self._conflict,
            "ask": self._ask,
            "grant": self._grant,
            "again": self._again,
            "arrival": self._arrival,
            "type": self._type,
            "old copy": self._old_copy,
            "broken": self._broken,
            "rule": self._rule,
            "issue": self._issue,
            "close": self._close,
            "reopen": self._reopen,
            "amend": self._amend,
            "rules": self._rules,
            "spoil": self._spoil,
            "next year": self._next_year,
        }
        try:
            deeds[event[0]](*event[1:])
        except CommandError as trouble:
            self.refused.append(trouble.message)

    def closed(self) -> dict[Period, dict[str, bytes]]:
        """Give the book and papers of every closed period, as consolidate and documents bring them."""
        with open_office(self.space) as office_context:
            periods = [period for period in (*PERIODS, YEAR) if office_context.drafts.holding(period)]
        return {period: files_of(self.space, period, papers=self.day) for period in periods}

    def path(self, period: Period) -> Path:
        """Name a period's book."""
        return self.space.out(period, "汇总") / f"{period.label}目标任务进展汇总.xlsx"

    def _return(self, period: Period, number: int, progress: int, asked: Mapping[str, str] | None = None) -> None:
        forms = sorted((self.space.root / "outbox" / str(period) / "发放").glob(f"*_{period.label}进展.xlsx"))
        if forms:
            self._files += 1
            form = forms[number % len(forms)]
            path = self.space.inbox / f"{self._files:03}.xlsx"
            if self.names_by_content:
                path = path.with_name(f"{form.stem}_{progress}.xlsx")
            fill_in(form, path, progress, asked)
            self._sent.append(path.read_bytes())
            sent_on(path, self.day)
            take_in(self.space, self.day)

    def _quarrel(self, period: Period) -> None:
        """Let the bureau report its tasks finished and the town its own not begun."""
        self._return(period, 2, FINISHED)
        self._return(period, 0, NOT_BEGUN)

    def _ask(self, period: Period, number: int, asked: Mapping[str, str]) -> None:
        """Let a unit report and ask for something in 申请事项."""
        self._return(period, number, 40, asked)

    def _conflict(self, period: Period, row: int, cells: Mapping[str, str]) -> None:
        self._typed_into(period, "进展不一", row, cells)

    def _grant(self, period: Period, row: int, cells: Mapping[str, str]) -> None:
        self._typed_into(period, "申请事项", row, cells)

    def _again(self, number: int) -> None:
        """Let a file that came before come once more, under another name."""
        if self._sent:
            self._files += 1
            path = self.space.inbox / f"{self._files:03}（副本）.xlsx"
            path.write_bytes(self._sent[number % len(self._sent)])
            sent_on(path, self.day)
            take_in(self.space, self.day)

    def _arrival(self, period: Period, row: int, day: int) -> None:
        """Correct when a unit's return came, with a reason."""
        self._typed_into(period, "报送情况", row, {"收到时间": f"2023-{period.quarter * 3:02}-{day:02}", "更正理由": "当面交来"})

    def _type(self, target: int) -> None:
        """Type a target into the list itself."""
        former = self.space.list_of(YEAR.year)
        path = former if former.exists() else self.space.master
        self._copies.append(path.read_bytes())
        book = load_workbook(path)
        book["量化指标"]["D2"].value = target
        book.save(path)
        with held(self.day), open_office(self.space, alone=True):
            pass

    def _old_copy(self) -> None:
        """Save an old copy of the list over the newer one, and let a command find it; the clerk then keeps the newer one."""
        if not self._copies or self.space.list_of(YEAR.year).exists():
            return
        path = self.space.master
        path.write_bytes(self._copies[-1])
        with held(self.day), open_office(self.space, alone=True) as office:
            asks = [fault for fault in office.asked if fault.code is Code.ASK_OLD]
        if asks:
            answer(path, 0, "沿用新版")
        with held(self.day), open_office(self.space, alone=True):
            pass

    def _broken(self, number: int) -> None:
        path = self.space.inbox / f"损坏{number}.xlsx"
        path.write_bytes(b"PK\x03\x04" + str(number).encode())
        sent_on(path, self.day)
        take_in(self.space, self.day)

    def _rule(self, period: Period, row: int, light: str) -> None:
        self._typed_into(period, "任务进展", row, {"认定灯": light, "认定说明": f"核实{row}"})

    def _typed_into(self, period: Period, sheet: str, row: int, cells: Mapping[str, str]) -> None:
        """Type into a row of a period's book and consolidate again."""
        with held(self.day):
            path = self.path(period)
            if not path.exists():
                consolidate(self.space, period)
            book = load_workbook(path)
            if sheet in book.sheetnames and book[sheet].max_row > 1:
                page = book[sheet]
                at = {cell.value: cell.column for cell in page[1]}
                for title, text in cells.items():
                    page.cell(2 + row % (page.max_row - 1), at[title]).value = text or None  # type: ignore[assignment]
                book.save(path)
                self.typed[sheet] += 1
            consolidate(self.space, period)

    def _issue(self, period: Period) -> None:
        with held(max(self.day, OPENS[period])):
            generate(self.space, period, only=(), progress=quietly)  # type: ignore[arg-type]

    def _close(self, period: Period) -> None:
        close(self.space, period, self.day)

    def _reopen(self, period: Period) -> None:
        with held(self.day):
            reopen(self.space, period, "有更正")

    def _amend(self, row: Mapping[str, str], since: str) -> None:
        former = self.space.list_of(YEAR.year)
        add_row(former if former.exists() else self.space.master, **row, 自期间=since)
        with held(self.day), open_office(self.space, alone=True):
            pass

    def _rules(self, points: int) -> None:
        path = self.space.templates / "考核规则.xlsx"
        book = load_workbook(path)
        row = next(row for row in book["参数"].iter_rows(min_row=2) if row[0].value == "late_points")
        row[2].value = points
        book.save(path)

    def _spoil(self, period: Period, is_gone: bool) -> None:
        for path in sorted((self.space.root / "outbox" / str(period)).glob("文书/*.docx"))[:1]:
            path.unlink() if is_gone else path.write_bytes(path.read_bytes() + b"\0")

    def _next_year(self) -> None:
        table = self.space.root / "2024.xlsx"
        if not table.exists():
            write_file(table, self.space.master.read_bytes())
        with held(self.day):
            import_notice(self.space, table, 2024)


def fill_in(form: Path, target: Path, progress: int, asked: Mapping[str, str] | None = None) -> None:
    """Fill in every row of an issued workbook as its role asks; the same form filled in the same way is the same file, which openpyxl's clock would spoil."""
    key = form.read_bytes(), progress, str(asked)
    if key not in _FILLED:
        _typed(form, target, progress, asked)
        _FILLED[key] = target.read_bytes()
    target.write_bytes(_FILLED[key])


def _typed(form: Path, target: Path, progress: int, asked: Mapping[str, str] | None) -> None:
    book = load_workbook(form)
    sheet = book["任务进展"]
    header = header_row(sheet)
    at = {cell.value: cell.column for cell in sheet[header]}
    for row in sheet.iter_rows(min_row=header + 1):
        if not any(str(row[0].value or "").startswith(word) for word in ("任务", "目标")):
            break
        line = row[0].row or 0
        said = _row_of(str(row[0].value), progress, leads=sheet.cell(line, at["本单位角色"]).value == "牵头")
        for title, value in said.items():
            sheet.cell(line, at[title]).value = value  # type: ignore[assignment]
    if asked:
        _ask_in(book["申请事项"], asked)
    book.save(target)


def _row_of(number: str, progress: int, *, leads: bool) -> dict[str, object]:
    """Give what a unit types into a row, by column title."""
    status = {NOT_BEGUN: "未启动", FINISHED: "已完成"}.get(progress, "推进中")
    said: dict[str, object] = {"进展状态": status, "本季进展情况": f"{number}完成立项和招标，进场施工。"}
    if leads:
        said |= {"累计进度": progress, "下一步措施": "下季度完成主体工程。"}
    return said | ({"佐证材料": "验收单3份"} if progress == FINISHED else {})


def _ask_in(sheet: Worksheet, asked: Mapping[str, str]) -> None:
    """Type a line of 申请事项."""
    header = header_row(sheet)
    for cell in sheet[header]:
        if cell.value in asked:
            sheet.cell(header + 1, cell.column or 0).value = asked[str(cell.value)]
