"""Sheet 调整台账: what the clerk types into the master list becomes dated rows, what is doubtful is asked, what the ledger knows is never lost."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import add_row, answer, codes, delete_row, ledger_rows, registered, type_cells
from tests.small import Q1, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.status import status
from toolkit.model.amendment_sheet import SHEET
from toolkit.model.period import Period

Q2 = Period(2023, 2)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office, its first quarter issued."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


def target(space: Workspace, period: Period) -> str:
    """Give the small office's one target in a period."""
    with open_office(space) as office:
        return f"{office.at(period).master.indicators[0].target:f}"


def names(space: Workspace, period: Period) -> list[str]:
    """Give the units' names in a period."""
    with open_office(space) as office:
        return [unit.name for unit in office.at(period).master.units]


def leads(space: Workspace, period: Period) -> list[str]:
    """Give the leads of the tasks in a period."""
    with open_office(space) as office:
        return ["、".join(task.leads) for task in office.at(period).master.live_tasks()]


def row(space: Workspace, at: int, *titles: str) -> list[str]:
    """Give some cells of a row of 调整台账."""
    return [ledger_rows(space.master)[at][title] for title in titles]


def test_what_is_typed_becomes_a_dated_row(space: Workspace) -> None:
    """A new target is registered from the next quarter on, said, and written into the sheet; the quarter before keeps the old one."""
    type_cells(space.master, "量化指标", {"D2": 70})

    (said,) = registered(space)

    assert "第 1 号调整：任务1的目标值（新建标准厂房）由“80”改为“70”，自 2023Q2 起（变更）。" == said.message
    assert ["任务1", "目标值（新建标准厂房）", "80", "70", "2023Q2", "变更", "1"] == row(space, 0, "编号", "事项", "原", "现", "自期间", "更正/变更", "序号")
    assert ("80", "70") == (target(space, Q1), target(space, Q2))
    assert [] == codes(space)


def test_only_who_holds_the_lock_registers(space: Workspace) -> None:
    """A command that only looks, and unattended work, say how many changes wait, and go by what was registered."""
    type_cells(space.master, "量化指标", {"D2": 70})

    found = status(space, Q1)
    with open_office(Workspace(space.root, unattended=True), alone=True) as office:
        said = [finding.code.name for finding in office.findings]

    assert found is not None
    assert ["[提示] 任务总表.xlsx：任务总表.xlsx有 1 处改动尚未登记。"] == [fault.partition("下次")[0] for fault in found.faults]
    assert (["UNREGISTERED"], "80") == (said, target(space, Q2))


def test_the_clerk_dates_a_row_and_gives_its_grounds(space: Workspace) -> None:
    """What is typed into a known row is read: from when, on what authority; what cannot be understood is pointed at and stays as it was."""
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    type_cells(space.master, SHEET, {"E2": "2023Q1", "G2": "某政发〔2023〕5号", "H2": "上级调减", "I2": "某某"})
    assert [] == codes(space)
    assert ["2023Q1", "某政发〔2023〕5号", "上级调减", "某某"] == row(space, 0, "自期间", "文号", "理由", "批准")
    assert "70" == target(space, Q1)

    type_cells(space.master, SHEET, {"E2": "开春", "F2": "修改"})

    assert ["BAD_SINCE", "BAD_NATURE"] == codes(space)
    assert "70" == target(space, Q1)


def test_a_correction_of_what_decides_needs_a_reason(space: Workspace) -> None:
    """A target is put right in the quarters before only when the row says why."""
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    type_cells(space.master, SHEET, {"F2": "更正"})
    assert (["NO_REASON"], "80") == (codes(space), target(space, Q1))

    type_cells(space.master, SHEET, {"F2": "更正", "H2": "通知原文是70，录入有误"})

    assert ([], "70") == (codes(space), target(space, Q1))


def test_a_row_of_the_clerks_own_changes_the_list(space: Workspace) -> None:
    """A row written into 调整台账 is enough: the other sheets follow, and keep their looks and the columns of the clerk's own."""
    book = load_workbook(space.master)
    book["量化指标"]["H1"] = "本办备注"
    book["量化指标"]["H2"] = "待市里确认"
    fill = book["量化指标"]["D2"].border.left.style
    book.save(space.master)

    add_row(space.master, 编号="任务1", 事项="目标值", 现="60", 自期间="2023Q2", 文号="某政发〔2023〕6号")
    add_row(space.master, 编号="任务3", 事项="撤销任务", 自期间="2023Q2", 理由="并入上级工程")
    add_row(space.master, 编号="任务2", 事项="牵头单位", 现="东山镇", 自期间="2023Q1")

    assert ["AMENDED"] * 3 == codes(space)
    sheet = load_workbook(space.master)["量化指标"]
    assert (60, "待市里确认", fill) == (sheet["D2"].value, sheet["H2"].value, sheet["D2"].border.left.style)
    assert ["某政发〔2023〕6号", "撤销任务"] == [row(space, 0, "文号")[0], row(space, 1, "事项")[0]]
    assert ["云溪县发改局", "云溪县工信局", "东山镇", "东山镇"] == leads(space, Q1)
    assert ["云溪县发改局", "云溪县工信局", "东山镇"] == leads(space, Q2)


def test_a_row_that_cannot_be_understood_is_pointed_at(space: Workspace) -> None:
    """Whose it is, what it changes, to what: each is said with its cell, and the other rows are taken."""
    add_row(space.master, 编号="任务99", 事项="目标值", 现="60")
    add_row(space.master, 编号="任务1", 事项="颜色", 现="红")
    add_row(space.master, 编号="任务1", 事项="目标值", 现="六十来个")
    add_row(space.master, 编号="任务1", 事项="完成时限", 现="9月底")

    found = registered(space)

    assert [("AMENDED", ""), ("BAD_SUBJECT", "A2"), ("BAD_MATTER", "B3"), ("BAD_AFTER", "D4")] == [(one.code.name, one.place.cell) for one in found]
    assert all(one.message and one.advice for one in found)


def test_a_new_name_is_asked_about(space: Workspace) -> None:
    """A unit's name changed in place: nothing is registered before the clerk says that it is the same unit; tasks then name it anew, from then on."""
    type_cells(space.master, "单位", {"A4": "东山街道"})
    assert ["ASK_RENAME"] == codes(space) == codes(space)
    assert ["东山镇", "更名", "东山镇", "东山街道", "待答复"] == row(space, 0, "编号", "事项", "原", "现", "登记时间")
    assert "东山镇" in names(space, Q2)

    answer(space.master, 0, "更名")

    assert ["AMENDED"] == codes(space)
    assert ("东山镇", "东山街道") == (names(space, Q1)[2], names(space, Q2)[2])
    assert ("东山镇", "东山街道") == (leads(space, Q1)[3], leads(space, Q2)[3])
    assert "东山街道" == load_workbook(space.master)["任务"]["F5"].value


def test_the_old_name_among_the_other_names_says_that_it_is_one_unit(space: Workspace) -> None:
    """With the old name in 别名 nothing is asked."""
    type_cells(space.master, "单位", {"A4": "东山街道", "B4": "东山镇"})

    assert "ASK_RENAME" not in codes(space)
    assert ("东山镇", "东山街道") == (names(space, Q1)[2], names(space, Q2)[2])


def test_another_unit_in_the_place_of_one(space: Workspace) -> None:
    """Where the clerk says that it is another unit, the old one ends and the new one begins."""
    type_cells(space.master, "单位", {"A4": "西山镇"})
    registered(space)
    answer(space.master, 0, "新单位")

    assert ["AMENDED", "AMENDED"] == codes(space)
    assert ("东山镇" in names(space, Q1), "西山镇" in names(space, Q1)) == (True, False)
    assert ("东山镇" in names(space, Q2), "西山镇" in names(space, Q2)) == (False, True)


def test_a_lost_row_is_asked_about(space: Workspace) -> None:
    """A deleted task goes on until the clerk says that it is withdrawn; one that was a slip comes back into the sheet."""
    delete_row(space.master, "任务", 5)
    assert ["ASK_REMOVED"] == codes(space)
    assert 4 == len(leads(space, Q2))

    answer(space.master, 0, "恢复")
    assert [] == codes(space)
    assert "任务3" in {cell.value for cell in load_workbook(space.master)["任务"]["A"]}

    delete_row(space.master, "任务", 5)
    registered(space)
    answer(space.master, 0, "撤销")
    registered(space)
    assert (4, 3) == (len(leads(space, Q1)), len(leads(space, Q2)))


@pytest.mark.parametrize(("word", "numbers"), [("恢复编号", ["目标1", "任务1", "任务2", "任务3"]), ("新任务", ["目标1", "任务1", "任务2", "任务33"])])
def test_a_changed_number_is_asked_about(space: Workspace, word: str, numbers: list[str]) -> None:
    """A task under another number is neither a new one nor a withdrawn one before the clerk says so."""
    type_cells(space.master, "任务", {"A5": "任务33"})
    assert ["ASK_NUMBER"] == codes(space)

    answer(space.master, 0, word)

    assert "ASK_NUMBER" not in codes(space)
    with open_office(space) as office:
        assert numbers == [task.number for task in office.at(Q2).master.live_tasks()]


def test_an_old_copy_is_never_taken_for_changes_back(space: Workspace) -> None:
    """An older copy saved over the list is asked about; 沿用新版 brings the list back to what was registered, 恢复旧版 makes dated changes of it."""
    old = space.master.read_bytes()
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    for word, after in (("沿用新版", "70"), ("恢复旧版", "80")):
        space.master.write_bytes(old)
        assert (["ASK_OLD"], "70") == (codes(space), target(space, Q2))
        answer(space.master, 0, word)
        assert "ASK_OLD" not in codes(space)
        assert after == target(space, Q2)
    assert ["80", "70"] == [one["现"] for one in ledger_rows(space.master)][::-1]


@pytest.mark.parametrize(("word", "after"), [("沿用新版", "70"), ("恢复旧版", "80")])
def test_what_is_typed_while_an_old_copy_is_asked_about_waits_for_the_answer(space: Workspace, word: str, after: str) -> None:
    """The clerk types on in the old copy before answering: it is asked about still, nothing is taken back; with the answer what was typed holds too."""
    old = space.master.read_bytes()
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    space.master.write_bytes(old)
    assert ["ASK_OLD"] == codes(space)
    type_cells(space.master, "任务", {"F4": "东山镇"})

    assert (["ASK_OLD"], "70", "云溪县工信局") == (codes(space), target(space, Q2), leads(space, Q2)[2])
    assert ("东山镇", 1) == (load_workbook(space.master)["任务"]["F4"].value, len(ledger_rows(space.master)) - 1)
    answer(space.master, 0, word)
    assert "ASK_OLD" not in codes(space)
    assert (after, "东山镇") == (target(space, Q2), leads(space, Q2)[2])


def test_what_is_typed_into_an_old_copy_that_could_not_be_written_is_taken_and_nothing_else(space: Workspace) -> None:
    """沿用新版 was answered while a program had the list open: what is typed into it next is taken, and the newer change stays."""
    old = space.master.read_bytes()
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    space.master.write_bytes(old)
    registered(space)
    answer(space.master, 0, "沿用新版")
    lock = space.master.with_name(f"~${space.master.name}")
    lock.write_bytes(b"x")
    assert ["LIST_OPEN"] == codes(space)
    type_cells(space.master, "任务", {"F4": "东山镇"})
    assert ["AMENDED", "LIST_OPEN"] == codes(space)
    lock.unlink()

    registered(space)
    assert ("70", "东山镇") == (target(space, Q2), leads(space, Q2)[2])
    assert 70 == load_workbook(space.master)["量化指标"]["D2"].value
    assert ["70", "东山镇"] == [row["现"] for row in ledger_rows(space.master)]


def test_what_was_typed_into_an_old_copy_is_taken_and_nothing_else(space: Workspace) -> None:
    """The clerk works on a copy from before the last change: only what was typed into it is a change, the newer one stays."""
    old = space.master.read_bytes()
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    space.master.write_bytes(old)
    type_cells(space.master, "任务", {"F4": "东山镇"})

    assert ["AMENDED"] == codes(space)
    assert ("70", "东山镇") == (target(space, Q2), leads(space, Q2)[2])
    assert 70 == load_workbook(space.master)["量化指标"]["D2"].value


def test_rows_that_a_save_dropped_come_back(space: Workspace) -> None:
    """Rows of 调整台账 that the clerk deleted, or the whole sheet, are there again after the next command."""
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    book = load_workbook(space.master)
    del book[SHEET]
    book.save(space.master)

    assert [] == codes(space)
    assert 1 == len(ledger_rows(space.master))


def test_an_open_list_is_not_touched(space: Workspace) -> None:
    """While a program has the list open its changes are registered and the file stays as it is; once closed it gets its rows, each change once."""
    type_cells(space.master, "量化指标", {"D2": 70})
    lock = space.master.with_name(f".~lock.{space.master.name}#")
    lock.write_text("某某")
    before = space.master.read_bytes()

    assert ["AMENDED", "LIST_OPEN"] == codes(space)
    assert before == space.master.read_bytes()
    lock.unlink()
    assert ["REFRESHED"] == codes(space)
    assert [] == codes(space)
    assert 1 == len(ledger_rows(space.master))


def test_a_row_is_taken_back(space: Workspace) -> None:
    """作废 in the last column takes a change back for every open period; the row stays."""
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    answer(space.master, 0, "作废")
    registered(space)

    assert ("80", 80) == (target(space, Q2), load_workbook(space.master)["量化指标"]["D2"].value)
    assert ["1", "作废"] == row(space, 0, "序号", "答复")


def test_a_split_needs_somebody_for_each_task(space: Workspace) -> None:
    """A unit that was split is followed by the units named; each of its tasks is asked about until a row says who takes it."""
    add_row(space.master, 编号="东山镇", 事项="拆分", 现="东山北镇、东山南镇", 自期间="2023Q2")

    assert ["AMENDED", "NO_SUCCESSOR"] == codes(space)
    add_row(space.master, 编号="任务3", 事项="牵头单位", 现="东山北镇", 自期间="2023Q2")
    registered(space)
    assert [] == codes(space)
    assert ("东山镇", "东山北镇") == (leads(space, Q1)[3], leads(space, Q2)[3])
    assert {"东山北镇", "东山南镇"} <= set(names(space, Q2)) - set(names(space, Q1))


def test_a_merger_hands_every_task_over(space: Workspace) -> None:
    """Of units that were merged the one that follows has all tasks, in both roles, from then on."""
    for unit in ("云溪县发改局", "云溪县工信局"):
        add_row(space.master, 编号=unit, 事项="合并", 现="云溪县经济发展局", 自期间="2023Q2")
    registered(space)

    assert ["云溪县经济发展局", "云溪县经济发展局", "云溪县经济发展局", "东山镇"] == leads(space, Q2)
    assert ["云溪县发改局", "云溪县工信局", "云溪县工信局", "东山镇"] == leads(space, Q1)


def test_two_workspaces_on_one_ledger_see_one_list(space: Workspace, tmp_path: Path) -> None:
    """A list that another workspace's clerk has not touched follows what was registered here, without a question."""
    other = Workspace(tmp_path / "other")
    shutil.copytree(space.root, other.root, ignore=shutil.ignore_patterns("other", "*.lock"))
    type_cells(space.master, "量化指标", {"D2": 70})
    registered(space)
    settings = other.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('ledger = ""', f'ledger = "{space.ledger_url()}"'), "utf-8")

    assert ["REFRESHED"] == codes(other)
    assert (70, "70") == (load_workbook(other.master)["量化指标"]["D2"].value, target(other, Q2))
