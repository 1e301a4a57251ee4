"""A unit appeals against its scorecard: the form comes back like any other, is ruled, answered, and is a dated correction of what was closed."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from tests.scoring.hands import appeal, rule, rulings_book, scored_quarter, without_pdf, write
from tests.small import made_once
from tests.time.small_year import BUREAU, PLANNERS, Q1, book, close, files_of, sent_on, sheet, take_in
from toolkit.cli.main import app
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import list_corrections, reopen
from toolkit.flows.intake.list_returns import list_returns
from toolkit.flows.page.node_calendar import node_calendar
from toolkit.flows.report.status import status
from toolkit.model.appeals import Appeal
from toolkit.model.findings import Code
from toolkit.model.place import Place
from toolkit.model.returns import Outcome


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A closed quarter with its scorecards."""
    without_pdf(monkeypatch)
    return made_once(tmp_path, _with_scorecards, "scorecards")


def _with_scorecards(folder: Path) -> Workspace:
    space = scored_quarter(folder)
    write(space, date(2023, 4, 6))
    return space


def test_an_upheld_appeal_is_a_correction_and_is_in_the_next_draft(space: Workspace) -> None:
    """The closed book stays as it is to the byte; the correction names unit, ruling and clerk; opened again and closed, the points are back."""
    closed = files_of(space, Q1)
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    taken = take_in(space, date(2023, 4, 10))
    waits = write(space, date(2023, 4, 11))
    rule(rulings_book(space), PLANNERS, "支持", reason="停机属实")
    done = write(space, date(2023, 4, 12))

    assert [(Outcome.APPEALED, PLANNERS, "2023Q1", ["APPEAL_TAKEN"])] == [
        (arrival.outcome, arrival.unit, arrival.period, [finding.code.name for finding in arrival.findings]) for arrival in taken.arrivals
    ]
    assert "有 1 项申诉还没有处理" in waits.left[0]
    assert ((PLANNERS,), ()) == (done.answers, done.left)
    assert closed == {name: content for name, content in files_of(space, Q1).items() if "申诉" not in name}
    found = [(line.kind, line.unit, line.column.partition("：")[2] or line.column, line.now) for line in list_corrections(space, Q1)]
    assert [("定稿后收到", PLANNERS, "申诉", "申诉已登记"), ("认定", PLANNERS, "处理", "支持"), ("认定", PLANNERS, "处理说明", "停机属实")] == found
    with held(date(2023, 4, 13)):
        reopen(space, Q1, "申诉更正")
    book(space, Q1, date(2023, 4, 13))
    assert [(0, 3)] == [(row["分值"], row["申诉返还"]) for row in _late(space)]
    close(space, Q1, date(2023, 4, 14))
    assert [("支持", "返还 3 分")] == [(row["处理"], row["处理情况"]) for row in sheet(space, Q1, "申诉")]
    assert [0] == [row["分值"] for row in _late(space)]


def _late(space: Workspace) -> list[dict[str, object]]:
    """Give the rows of 扣分明细 on the planners' late return, by column title."""
    opened = load_workbook(space.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx", data_only=True)
    head, *rows = opened["扣分明细"].iter_rows(values_only=True)
    found = (dict(zip(map(str, head), row, strict=True)) for row in rows)
    return [row for row in found if (row["单位"], row["项目"]) == (PLANNERS, "迟报")]


def test_the_answer_says_what_became_of_each_point(space: Workspace) -> None:
    """A row a point: what was appealed against, the word, the points that come back, the reason; the same ruling gives the same bytes."""
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    write(space, date(2023, 4, 11))
    rule(rulings_book(space), PLANNERS, "部分支持", 1.5, "一半属实")
    write(space, date(2023, 4, 12))
    path = space.out(Q1, "成绩") / f"申诉答复_{PLANNERS}.docx"
    first = path.read_bytes()

    again = write(space, date(2023, 5, 2))

    rows = Document(str(path)).tables[0].rows[1:]
    assert [["1", "迟报（扣 3 分）", "不应扣分", "部分支持", "1.5", "一半属实"]] == [[cell.text for cell in row.cells] for row in rows]
    assert (first, ()) == (path.read_bytes(), again.answers)


@pytest.mark.parametrize(
    ("word", "points", "why"),
    [
        ("支持", 5, "“返还分值”不能多于扣掉的 3 分"),
        ("部分支持", None, "“部分支持”要在“返还分值”里写明几分"),
        ("部分支持", 3, "全部返还的，处理应是“支持”"),
        ("部分支持", "一半", "“返还分值”里的“一半”不是数字"),
        ("支持", -1, "“返还分值”应大于 0"),
    ],
)
def test_a_ruling_that_cannot_take_effect_is_asked_about(space: Workspace, word: str, points: object, why: str) -> None:
    """Nothing comes back, the clerk is told which word is wrong; once the quarter is open again the list of questions asks too (APPEAL_UNCLEAR)."""
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    write(space, date(2023, 4, 11))
    rule(rulings_book(space), PLANNERS, word, points)

    done = write(space, date(2023, 4, 12))

    assert [f"“{rulings_book(space).name}”里有一项没有生效：{why}。请改正后再运行一次。"] == list(done.left)
    with held(date(2023, 4, 13)):
        reopen(space, Q1, "核对")
    book(space, Q1, date(2023, 4, 13))
    assert [Code.APPEAL_UNCLEAR.text.id] == [row["代码"] for row in sheet(space, Q1, "问题清单") if row["代码"] == "Q56"]
    assert [-3] == [row["分值"] for row in _late(space)]


def test_a_late_appeal_is_named_and_waits_for_the_clerk(space: Workspace) -> None:
    """After ten working days it is registered with how late it is (APPEAL_LATE); nothing comes back until the office rules."""
    appeal(space, BUREAU, date(2023, 5, 8), item="退回", opinion="不应扣分")

    taken = take_in(space, date(2023, 5, 8))
    write(space, date(2023, 5, 8))

    late = [finding for finding in taken.arrivals[0].findings if finding.code is Code.APPEAL_LATE]
    assert ["申诉期限是 2023-04-20，本件 2023-05-08 收到，晚了 18 天。"] == [finding.message for finding in late]
    rows = list(load_workbook(rulings_book(space))["申诉"].iter_rows(values_only=True))
    at = rows[0].index("是否逾期")
    assert ["逾期 18 天"] == [row[at] for row in rows[1:]]


def test_a_form_without_a_word_is_put_aside(space: Workspace) -> None:
    """A form that came back as it went out, or with blanks for words (APPEAL_BLANK), is no appeal and no return of the quarter."""
    appeal(space, BUREAU, date(2023, 4, 10), item="退回", opinion="")
    path = space.inbox / "申诉.xlsx"
    opened = load_workbook(path)
    for row in opened["申诉"].iter_rows(min_row=2):
        for cell in row:
            if cell.value in {"邮件服务器当天停机", "停机通知"}:
                cell.value = None
    opened.save(path)

    taken = take_in(space, date(2023, 4, 10))

    assert [Outcome.IGNORED] == [arrival.outcome for arrival in taken.arrivals]
    assert {"申诉"}.isdisjoint(str(listed[4]) for listed in list_returns(space, Q1))


def test_open_appeals_are_asked_about_while_the_quarter_is_open(space: Workspace) -> None:
    """Opened again, the book's list of questions names appeals without a ruling (APPEALS_OPEN), and the sheet 申诉 stands in the book."""
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    with held(date(2023, 4, 13)):
        reopen(space, Q1, "申诉")
    book(space, Q1, date(2023, 4, 13))

    assert ["有 1 项申诉还没有处理：云溪县发改局（迟报）。"] == [row["问题"] for row in sheet(space, Q1, "问题清单") if row["代码"] == "Q55"]
    assert [(PLANNERS, "迟报", "不应扣分", "待处理")] == [(row["单位"], row["扣分事项"], row["申诉意见"], row["处理情况"]) for row in sheet(space, Q1, "申诉")]


def test_what_a_unit_says_without_an_opinion_is_ruled_too(space: Workspace) -> None:
    """Only a reason on a deduction, only grounds among other matters, two matters with the same words: each has its own line, and the count said is theirs."""
    path = appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="")
    opened = load_workbook(path)
    page = opened["其他申诉事项"]
    header = next(cells[0].row or 0 for cells in page.iter_rows() if "申诉事项" in {cell.value for cell in cells})
    at = {str(cell.value): cell.column or 0 for cell in page[header]}
    for place, (title, text) in enumerate((("依据", "见附件"), ("申诉事项", "灯不对"), ("申诉事项", "灯不对")), 1):
        page.cell(header + place, at[title]).value = text  # type: ignore[assignment]
    opened.save(path)
    sent_on(path, date(2023, 4, 10))

    taken = take_in(space, date(2023, 4, 10))
    write(space, date(2023, 4, 11))

    assert ["这是2023年第一季度成绩的申诉，登记了 4 项，等汇总人员处理。"] == [arrival.reason for arrival in taken.arrivals]
    head, *rows = load_workbook(rulings_book(space))["申诉"].iter_rows(values_only=True)
    found = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    assert ["迟报", "其他事项", "灯不对", "灯不对"] == [row["扣分事项"] for row in found]
    assert 4 == len({row["扣分号"] for row in found})


def test_appeals_against_a_closed_quarter_wait_in_status_and_on_the_page(space: Workspace) -> None:
    """Until the office rules, both count them and name the workbook of rulings; the unit's page names what was ruled, not its 扣分号."""
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    write(space, date(2023, 4, 11))
    name = rulings_book(space).name

    found = status(space, Q1)

    assert found is not None
    assert [{"what": "待处理的申诉", "count": 1, "sheet": "申诉", "book": name}] == found.waits
    assert [("待处理的申诉", 1, name)] == [(wait.what, wait.number, wait.book) for wait in node_calendar(space, Q1).waits]
    told = CliRunner().invoke(app, ["--workspace", str(space.root), "status", "2023Q1"]).output
    assert f"待处理的申诉：1 项（先运行 scorecards，再看“{name}”的“申诉”表）" in told
    rule(rulings_book(space), PLANNERS, "支持")
    write(space, date(2023, 4, 12))
    assert ((), []) == (node_calendar(space, Q1).waits, (status(space, Q1) or found).waits)


def test_the_answer_says_when_the_points_are_counted(space: Workspace) -> None:
    """A correction after the closing at first; once the quarter was closed again with them, counted. The new form shows what was taken, and what came back."""
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    write(space, date(2023, 4, 11))
    rule(rulings_book(space), PLANNERS, "部分支持", 1.5, "一半属实")
    write(space, date(2023, 4, 12))
    answer = space.out(Q1, "成绩") / f"申诉答复_{PLANNERS}.docx"
    before = answer_text(answer)

    with held(date(2023, 4, 13)):
        reopen(space, Q1, "申诉更正")
    book(space, Q1, date(2023, 4, 13))
    close(space, Q1, date(2023, 4, 14))
    done = write(space, date(2023, 4, 15))

    assert ("返还合计 1.5 分，已登记为定稿后更正，重新定稿后计入成绩。" in before, "返还合计 1.5 分，已计入成绩。" in answer_text(answer)) == (True, True)
    assert ((PLANNERS,), (PLANNERS,)) == (done.answers, done.forms)
    opened = load_workbook(space.out(Q1, "成绩") / f"申诉表_{PLANNERS}.xlsx")["申诉"]
    shown = next(row for row in opened.iter_rows(values_only=True) if "迟报" in row)
    assert -3 in shown
    assert any(str(cell).endswith("（申诉部分支持，返还 1.5 分（一半属实））") for cell in shown)


def answer_text(path: Path) -> str:
    """Give the text of an answer's paragraphs."""
    return "".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_an_appeal_that_comes_again_after_the_ruling_is_named(space: Workspace) -> None:
    """The ruling stays; its line says that the unit has spoken since, with the newest words."""
    for day, opinion in ((date(2023, 4, 10), "不应扣分"), (date(2023, 4, 14), "补交证明，请再核")):
        appeal(space, PLANNERS, day, item="迟报", opinion=opinion, name=f"申诉{day.day}.xlsx")
        take_in(space, day)
        write(space, day)
        if day.day == 10:
            rule(rulings_book(space), PLANNERS, "不支持", reason="没有证明")
            write(space, date(2023, 4, 11))

    head, *rows = load_workbook(rulings_book(space))["申诉"].iter_rows(values_only=True)
    found = [dict(zip(map(str, head), row, strict=True)) for row in rows]

    told = "维持原来的扣分；处理以后单位又提出申诉，请核对"
    assert [("补交证明，请再核", "不支持", told)] == [(row["申诉意见"], row["处理"], row["处理情况"]) for row in found]


def test_a_withdrawn_appeal_waits_for_nothing(space: Workspace) -> None:
    """撤回申诉 in a second form takes back what was appealed: nobody is asked to rule, nothing comes back; what was ruled before stays and is pointed out."""
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    before = write(space, date(2023, 4, 11)).left
    appeal(space, PLANNERS, date(2023, 4, 12), item="迟报", opinion="撤回申诉。", name="撤回.xlsx")
    take_in(space, date(2023, 4, 12))
    after = write(space, date(2023, 4, 13))

    assert (1, ()) == (len(before), after.left)
    assert [("单位已撤回，不用处理", "撤回申诉。")] == _standing_of_appeals(space)
    with held(date(2023, 4, 13)):
        assert () == node_calendar(space, Q1).waits
    rule(rulings_book(space), PLANNERS, "支持", reason="停机属实")
    write(space, date(2023, 4, 14))
    appeal(space, PLANNERS, date(2023, 4, 16), item="迟报", opinion="撤回", name="再撤回.xlsx")
    take_in(space, date(2023, 4, 16))
    write(space, date(2023, 4, 17))
    assert [("返还 3 分；处理以后单位撤回了申诉，请核对", "撤回")] == _standing_of_appeals(space)


@pytest.mark.parametrize("opinion", ["撤回申诉", "申请撤回", "不再申诉", "撤回本项申诉，谢谢", "撤回", "Withdraw", "we withdraw our appeal"])
def test_an_appeal_is_taken_back_in_the_usual_words(opinion: str) -> None:
    """撤回申诉 and its like, and nothing more, take an appeal back."""
    assert _saying(opinion).is_withdrawn


@pytest.mark.parametrize("opinion", ["撤销扣分", "Withdraw the deduction", "请撤回扣分决定", "取消迟报的扣分", ""])
def test_a_demand_to_take_points_back_is_an_appeal(opinion: str) -> None:
    """撤销扣分 asks for something, it takes nothing back."""
    assert not _saying(opinion).is_withdrawn


def _saying(opinion: str) -> Appeal:
    return Appeal("某局", "a1", "迟报", "", Decimal(-3), opinion, "", "", "", Place(), datetime(2023, 4, 1, 9))  # noqa: DTZ001 - a sheet knows no time zones


def _standing_of_appeals(space: Workspace) -> list[tuple[object, object]]:
    """Give of the workbook of rulings how each appeal stands and what the unit says."""
    head, *rows = load_workbook(rulings_book(space))["申诉"].iter_rows(values_only=True)
    return [(row[head.index("处理情况")], row[head.index("申诉意见")]) for row in rows]
