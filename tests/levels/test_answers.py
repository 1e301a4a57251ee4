"""What the clerk typed into an answer stays there, and is told; what is asked about is answered in the sheet 数据来源."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.killed.instants import cut_off, instants_of, run
from tests.levels.offices import Q1, STREETS, adopted, district, issued, register, report, row, send_up, taken_in
from tests.small import type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import Answer, answer
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.trace import trace
from toolkit.model.command_error import CommandError
from toolkit.model.lower_source import COLUMNS, KEEP_TYPED, TAKE_MERGED
from toolkit.model.period import Period

STREET = STREETS[0]
BELOW = {"甲社区": "任务1", "乙社区": ""}


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district that issued a form, and a street with two communities of which one has reported."""
    folder = tmp_path_factory.mktemp("answers")
    forms = issued(district(folder / "district"))
    street, _ = adopted(forms[STREET], folder / "street", BELOW)
    report(street, issued(street), lambda unit: row("任务1", "推进中", 40, "改造4个。", 4) if unit == "甲社区" else {})
    return folder


@pytest.fixture
def folder(start: Path, tmp_path: Path) -> Path:
    """A copy of that, to work in."""
    return shutil.copytree(start, tmp_path / "work")


def _sheet(done: Answer) -> list[dict[str, str]]:
    rows = load_workbook(done.path)["数据来源"].iter_rows(min_row=2, values_only=True)
    return [dict(zip(COLUMNS, (str(value or "") for value in cells), strict=True)) for cells in rows]


def _states(done: Answer, cell: str) -> list[tuple[str, str, str]]:
    return [(found["状态"], found["填入值"], found["汇总值"]) for found in _sheet(done) if f"{found['工作表']}!{found['单元格']}" == cell][:1]


def _type(path: Path, cells: Mapping[tuple[str, str], object]) -> None:
    book = load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def _rule(path: Path, cell: str, word: str) -> None:
    book = load_workbook(path)
    sheet = book["数据来源"]
    at = next(found[0].row for found in sheet.iter_rows(min_row=2) if f"{found[1].value}!{found[2].value}" == cell)
    sheet.cell(at, len(COLUMNS)).value = word
    book.save(path)


def _second(street: Workspace) -> None:
    """Let the second community report."""
    forms = {path.name.partition("_")[0]: path for path in (street.root / "outbox" / "2023Q1" / "发放").glob("*.xlsx")}
    report(street, {"乙社区": forms["乙社区"]}, lambda _: row("任务1", "推进中", 60, "改造3个。", 3))


def test_what_nobody_answered_stays_blank(folder: Path) -> None:
    """
    Values come from who has reported, and the sheet says who has not; of a task that nobody spoke of nothing is written.
    """
    done = answer(Workspace(folder / "street"), None, None)
    book = load_workbook(done.path)
    how = {found["栏目"]: found["算法"] for found in _sheet(done)}

    assert (("乙社区",), 40, None) == (done.silent, book["任务进展"]["K5"].value, book["任务进展"]["K6"].value)
    assert "平均（2 家中 1 家已填，未填：乙社区）" == how["累计进度"]
    assert 4 == book["指标进展"]["G5"].value


def test_answering_twice_gives_the_same_and_takes_in_what_came_since(folder: Path) -> None:
    """
    A second answer says the same; once another unit has reported, its values are in it.
    """
    street = Workspace(folder / "street")
    first = _sheet(answer(street, Q1, None))
    again = _sheet(answer(street, Q1, None))
    _second(street)
    later = answer(street, Q1, None)

    assert first == again
    assert (50, 7, ()) == (load_workbook(later.path)["任务进展"]["K5"].value, load_workbook(later.path)["指标进展"]["G5"].value, later.asked)


def test_a_cell_changed_by_hand_stays_and_both_offices_are_told(folder: Path) -> None:
    """
    A value that the clerk changed in the answer stays at the next one, and the office above sees that it was changed by hand, with what the parts came to.
    """
    street, above = Workspace(folder / "street"), Workspace(folder / "district")
    _type(answer(street, Q1, None).path, {("任务进展", "K5"): 35})
    done = send_up(street, above)
    taken_in(above)
    steps = trace(above, Q1, "任务1", STREET, field="progress").lower

    assert ([("手工改动", "35", "40")], ()) == (_states(done, "任务进展!K5"), done.asked)
    assert [("手工改动：平均（2 家中 1 家已填，未填：乙社区）", "甲社区", "40")] == [(step.how, step.unit, step.typed) for step in steps]


def test_a_cell_changed_after_the_answer_is_told_as_well(folder: Path) -> None:
    """
    A value changed after the answer was written, and sent so, is taken in as it stands; the office above is told that it was changed by hand.
    """
    street, above = Workspace(folder / "street"), Workspace(folder / "district")
    sent = shutil.copy(answer(street, Q1, None).path, above.inbox / "改.xlsx")
    _type(Path(sent), {("指标进展", "G5"): 9})
    arrivals = taken_in(above).arrivals
    steps = trace(above, Q1, "任务1", STREET, field="reached").lower

    assert {"LATE", "BLANK", "CHANGED_BY_HAND"} == {finding.code.name for arrival in arrivals for finding in arrival.findings}
    assert [("手工改动：合计（2 家中 1 家已填，未填：乙社区）", "4")] == [(step.how, step.typed) for step in steps]


def test_what_moves_under_a_typed_value_is_asked(folder: Path) -> None:
    """
    Where the units below come to something else than when the clerk typed, the clerk is asked each time until an answer stands in 处理; both answers work.
    """
    street = Workspace(folder / "street")
    path = answer(street, Q1, None).path
    _type(path, {("任务进展", "K5"): 35, ("指标进展", "G5"): 6})
    _second(street)
    asked, still = answer(street, Q1, None), answer(street, Q1, None)
    _rule(path, "任务进展!K5", KEEP_TYPED)
    _rule(path, "指标进展!G5", TAKE_MERGED)
    ruled, after = answer(street, Q1, None), answer(street, Q1, None)
    book = load_workbook(path)

    assert [2, 2, 0, 0] == [len(done.asked) for done in (asked, still, ruled, after)]
    assert (35, 7) == (book["任务进展"]["K5"].value, book["指标进展"]["G5"].value)
    assert [("手工改动", "35", "50")] == _states(after, "任务进展!K5")


def test_what_stood_in_the_form_before_is_not_overwritten(folder: Path) -> None:
    """
    What the clerk had typed into the form before it was adopted stays and is asked about where the units below say something else; the rest is told as typed.
    """
    form = next((folder / "district" / "outbox" / "2023Q1" / "发放").glob(f"{STREET}*.xlsx"))
    typed = folder / "已填.xlsx"
    type_into(form, typed, {("任务进展", "任务1", "累计进度"): 33, ("任务进展", "任务2", "本季进展情况"): "自查一遍。"})
    street = Workspace(folder / "street")
    adopt(street.root, typed, None, Wishes())
    done = answer(street, Q1, None)

    assert 1 == len(done.asked)
    assert [("待定", "33", "40")] == _states(done, "任务进展!K5")
    assert [("手工填写", "自查一遍。", "")] == _states(done, "任务进展!L6")


def test_another_form_is_refused(folder: Path) -> None:
    """
    An answer for a period that no form came of, into another unit's form, or into a form without a seal is refused with a sentence, and nothing is written.
    """
    street, other = Workspace(folder / "street"), folder / "别家.xlsx"
    shutil.copy(next((folder / "district" / "outbox" / "2023Q1" / "发放").glob(f"{STREETS[1]}*.xlsx")), other)
    before = other.read_bytes()

    bare = register(folder / "x.xlsx", BELOW)
    for period, target, words in ((Period(2023, 2), None, "没有接过上级"), (Q1, other, f"是发给{STREETS[1]}的"), (Q1, bare, "没有封签")):
        with pytest.raises(CommandError, match=words):
            answer(street, period, target)
    assert before == other.read_bytes()


def test_a_form_issued_anew_is_brought_in(folder: Path) -> None:
    """
    A form issued anew keeps all that came in; what it says otherwise is asked about in 待确认, and obeyed once it is answered; the new form is answered.
    """
    street = Workspace(folder / "street")
    answer(street, Q1, None)
    content = _put_right(folder)
    done = adopt(street.root, content, None, Wishes())
    with open_office(street) as office:
        doubts = [(doubt.read, doubt.code) for doubt in office.master.open_doubts()]
        kept = len(office.ledger.all_files("2023Q1"))
    book = load_workbook(street.master)
    sheet = book["待确认"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("处理") + 1).value = "采纳"
    book.save(street.master)
    again = adopt(street.root, content, None, Wishes())
    with open_office(street) as office:
        text = office.lists.current(2023).task("任务1").text  # type: ignore[union-attr]

    assert (1, [("目标任务：上级的是“改造老旧小区40个以上。”", "H13")], 1) == (len(done.asked), doubts, kept)
    assert ((), "改造老旧小区40个以上。") == (again.asked, text)
    assert 40 == load_workbook(answer(street, Q1, None).path)["任务进展"]["K5"].value


def _put_right(folder: Path) -> Path:
    """Let the district put a task right from the first quarter on, and issue the street's form anew."""
    above = Workspace(folder / "district")
    book = load_workbook(above.master)
    sheet = book["任务"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("目标任务") + 1).value = "改造老旧小区40个以上。"
    book.save(above.master)
    issued(above)
    book = load_workbook(above.master)
    sheet = book["调整台账"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("自期间") + 1).value = "2023Q1"
    book.save(above.master)
    return issued(above)[STREET]


def test_a_workspace_can_go_to_another_machine(folder: Path, tmp_path: Path) -> None:
    """
    A street's workspace that was copied elsewhere answers as before.
    """
    first = _sheet(answer(Workspace(folder / "street"), Q1, None))
    shutil.move(folder / "street", tmp_path / "elsewhere")

    assert first == _sheet(answer(Workspace(tmp_path / "elsewhere"), Q1, None))


def test_killed_while_answering_the_form_is_old_or_new(folder: Path, tmp_path: Path) -> None:
    """
    Killed with SIGKILL at any instant, the answer is there whole or not at all, and can be run again to the same end.
    """
    whole = shutil.copytree(folder / "street", tmp_path / "whole")
    told = instants_of(whole, "answer", "2023Q1")
    wanted = _sheet(answer(Workspace(whole), Q1, None))
    for instant in told.some(2):
        cut = shutil.copytree(folder / "street", tmp_path / "cut")
        cut_off(cut, instant, "answer", "2023Q1")
        assert 0 == run(cut, "answer", "2023Q1"), instant
        assert wanted == _sheet(answer(Workspace(cut), Q1, None)), instant
        shutil.rmtree(cut)


def test_the_register_is_asked_for(folder: Path, tmp_path: Path) -> None:
    """
    Without a register of units below one is laid out to be filled in, and adopting again goes on from there; what is wrong in it is a finding at its cell.
    """
    form = next((folder / "district" / "outbox" / "2023Q1" / "发放").glob(f"{STREET}*.xlsx"))
    first = adopt(tmp_path / "new", form, None, Wishes())
    sheet = first.root / "下级单位.xlsx"
    numbers = [cells[0].value for cells in load_workbook(sheet)["任务编号"].iter_rows(min_row=2)]
    register(sheet, {"甲社区": "任务9"})
    wrong = adopt(tmp_path / "new", form, None, Wishes())
    register(sheet, {"甲社区": "2", "乙社区": "任务1"})
    right = adopt(tmp_path / "new", form, None, Wishes())
    with open_office(Workspace(first.root)) as office:
        leads = [task.leads for task in office.master.tasks]

    assert (1, ["任务1", "任务2"]) == (len(first.asked), numbers)
    assert ["下级单位.xlsx!Sheet!B2"] == [str(finding.place) for finding in wrong.findings]
    assert ((), [("乙社区",), ("甲社区",)]) == (right.asked, leads)


def test_a_workspace_with_a_list_of_its_own_is_not_taken_over(folder: Path) -> None:
    """
    An office that gave the form out, or has a list of its own, is told to name another folder, and keeps its list.
    """
    form = next((folder / "district" / "outbox" / "2023Q1" / "发放").glob(f"{STREET}*.xlsx"))
    above = Workspace(folder / "district")
    before = above.master.read_bytes()
    with pytest.raises(CommandError, match="自己发给"):
        adopt(above.root, form, None, Wishes())
    assert before == above.master.read_bytes()
