"""close and reopen: what is closed stays as it is, byte for byte; what comes after is listed; a reason opens it again."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import type_cells
from tests.time.small_year import (
    PLANNERS,
    Q1,
    Q2,
    TOWN,
    YEAR,
    book,
    close,
    files_of,
    issue,
    lay,
    sent_on,
    sheet,
    take_in,
    two_reported,
    type_ruling,
)
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import list_corrections, reopen
from toolkit.flows.intake.collect import collect
from toolkit.model.command_error import CommandError

AFTER, LATER = date(2023, 4, 5), date(2023, 5, 20)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A first quarter in which two units of three have reported."""
    return two_reported(tmp_path)


def test_what_is_closed_stays_the_same_bytes_whatever_comes(space: Workspace) -> None:
    """A late return, a ruling, an edited and a deleted file, another quarter: consolidate and documents give the closed bytes again."""
    close(space, Q1, AFTER)
    closed = files_of(space, Q1)

    lay(space, Q1, PLANNERS, on=date(2023, 4, 20))
    take_in(space, LATER)
    type_ruling(space, Q1, "任务3", "红", "现场核实没有开工")
    next(path for path in (space.root / "outbox" / "2023Q1" / "文书").rglob("*.docx")).unlink()
    book(space, Q1, LATER)
    issue(space, Q2)
    lay(space, Q2, TOWN, progress=60)
    take_in(space, LATER)
    book(space, Q2, LATER)

    assert closed == files_of(space, Q1, papers=LATER)


def test_what_comes_after_a_closing_is_listed_with_its_cause(space: Workspace) -> None:
    """The late return's values, old and new, and the ruling with its reason stand in the next quarter's book; the closed book says nothing of them."""
    close(space, Q1, AFTER)
    lay(space, Q1, TOWN, progress=35, on=date(2023, 4, 20), name="更正.xlsx")
    take_in(space, LATER)
    type_ruling(space, Q1, "任务3", "红", "现场核实没有开工")
    book(space, Q1, LATER)
    issue(space, Q2)
    book(space, Q2, LATER)

    rows = sheet(space, Q2, "定稿后更正")
    shown = [tuple(row[title] for title in ("事项", "单位", "编号", "栏目", "定稿值", "现值", "原因")) for row in rows]
    assert ("定稿后收到", TOWN, "任务3", "累计进度", "20", "35", "已汇总（有问题）：没有意见") not in shown
    assert [("定稿后收到", TOWN, "任务3", "累计进度", "20", "35")] == [one[:6] for one in shown if one[3] == "累计进度"]
    assert ("认定", None, "任务3", "认定灯", None, "红", "现场核实没有开工") in shown
    assert "定稿后更正" not in load_workbook(space.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx").sheetnames


def test_later_books_show_closed_values(space: Workspace) -> None:
    """Next quarter's column 一季度 and its prefilled value are those that were closed, not what came late."""
    close(space, Q1, AFTER)
    lay(space, Q1, TOWN, progress=35, on=date(2023, 4, 20), name="更正.xlsx")
    take_in(space, LATER)
    issue(space, Q2)
    book(space, Q2, LATER)

    assert [20] == [row["一季度"] for row in sheet(space, Q2, "任务进展") if row["编号"] == "任务3"]


def test_undecided_matters_keep_a_period_open(space: Workspace) -> None:
    """A file that waits ends close with its list; with --with-open it is frozen as 未决事项, and accepting it later is a correction."""
    waiting = lay(space, Q1, PLANNERS, name="发改局.xlsx")
    book_ = load_workbook(waiting)
    for name in [sheetname for sheetname in book_.sheetnames if book_[sheetname].sheet_state != "visible"]:
        del book_[name]
    book_.save(waiting)
    sent_on(waiting, date(2023, 3, 26))
    take_in(space, AFTER)

    refused = close(space, Q1, AFTER, with_open=False)
    assert None is refused.draft
    assert refused.matters
    done = close(space, Q1, AFTER)
    assert done.draft is not None
    assert refused.matters == done.matters
    assert [matter.text for matter in done.matters] == [row["内容"] for row in sheet(space, Q1, "未决事项")]


def test_closing_again_completes_what_was_cut_short(space: Workspace) -> None:
    """Of a run that ended between the ledger and the files, the same command lays the rest, copies too, and says so; then it only says that it is closed."""
    close(space, Q1, AFTER)
    before = files_of(space, Q1)
    book_path = next((space.root / "outbox" / str(Q1) / "汇总").glob("*汇总.xlsx"))
    copies = space.records / "定稿" / f"{Q1}-第1稿"
    book_path.unlink()
    (copies / book_path.name).unlink()

    with pytest.raises(CommandError, match="已经定稿") as trouble:
        close(space, Q1, AFTER)
    assert "不在的、不同的 1 个文件已经补成定稿的。" in trouble.value.advice
    assert before == files_of(space, Q1)
    assert (copies / book_path.name).exists()
    with pytest.raises(CommandError) as again:
        close(space, Q1, AFTER)
    assert "补成" not in again.value.advice


def test_an_answered_doubt_of_the_list_is_decided(space: Workspace) -> None:
    """A line of 待确认 is among the undecided matters until 处理 is filled in."""

    def doubts_then(answer: str) -> list[str]:
        type_cells(space.master, "待确认", {"A2": "第9行", "B2": "陆明俞悦", "C2": "可能是两个人", "E2": answer or None, "H2": "N26"})
        return [matter.text for matter in close(space, Q1, AFTER, with_open=False).matters if matter.kind == "待确认"]

    assert (["陆明俞悦：可能是两个人"], []) == (doubts_then(""), doubts_then("采纳"))


def test_a_closed_period_is_refused_to_be_closed_and_an_open_one_to_be_reopened(space: Workspace) -> None:
    """Each is said with what to do; so is a reason that is missing, and a quarter that was never issued."""
    with pytest.raises(CommandError, match="没有定稿，不用重开"):
        reopen(space, Q1, "补报")
    with pytest.raises(CommandError, match="还没有发过表"):
        close(space, Q2, AFTER)
    close(space, Q1, AFTER)
    with pytest.raises(CommandError, match="已经定稿（第 1 稿"):
        close(space, Q1, LATER)
    with pytest.raises(CommandError, match="写明理由"):
        reopen(space, Q1, " ")


def test_reopened_it_takes_in_what_came_and_the_next_draft_lists_it(space: Workspace) -> None:
    """The first draft stays under its number, byte for byte; the second holds the late value and lists it as a correction of the first."""
    close(space, Q1, AFTER)
    first = files_of(space, Q1)
    lay(space, Q1, TOWN, progress=35, on=date(2023, 4, 20), name="更正.xlsx")
    take_in(space, LATER)
    with held(LATER):
        _, folder = reopen(space, Q1, "东山镇更正")
    done = close(space, Q1, LATER)

    assert done.draft is not None
    assert 2 == done.draft.number
    assert [35] == [row["一季度"] for row in sheet(space, Q1, "任务进展") if row["编号"] == "任务3"]
    rows = [tuple(row[name] for name in ("稿", "事项", "定稿值", "现值", "原因")) for row in sheet(space, Q1, "定稿后更正") if row["栏目"] == "累计进度"]
    assert [("第 1 稿", "定稿后收到", "20", "35"), ("第 1 稿", "结果变化", "20", "35")] == [row[:4] for row in rows]
    assert "“定稿后收到”引起" == rows[1][4]
    assert first["汇总/2023年第一季度目标任务进展汇总.xlsx"] == (folder / "2023年第一季度目标任务进展汇总.xlsx").read_bytes()


def test_a_later_closed_book_stands_on_its_draft(space: Workspace) -> None:
    """The second quarter, closed on the first draft of the first, stays when that is opened and closed again; its overview names the draft."""
    close(space, Q1, AFTER)
    issue(space, Q2)
    lay(space, Q2, TOWN, progress=60)
    take_in(space, LATER)
    close(space, Q2, date(2023, 7, 5))
    second = files_of(space, Q2)
    lay(space, Q1, TOWN, progress=35, on=date(2023, 4, 20), name="更正.xlsx")
    take_in(space, date(2023, 7, 10))
    with held(date(2023, 7, 11)):
        reopen(space, Q1, "东山镇更正")
    close(space, Q1, date(2023, 7, 12))

    assert second == files_of(space, Q2, papers=date(2023, 7, 13))
    lines = [str(cell.value) for row in load_workbook(space.out(Q2, "汇总") / f"{Q2.label}目标任务进展汇总.xlsx")["总览"].iter_rows() for cell in row]
    assert [True] == ["2023年第一季度：已定稿（第 1 稿，2023-04-05）" in line for line in lines if "定稿" in line]


def test_a_year_is_closed_after_its_quarters_and_opened_before_them(space: Workspace) -> None:
    """Close 2023 names the quarters that are open; once it is closed a quarter cannot be opened before the year is."""
    with pytest.raises(CommandError, match="还有没有定稿的：2023年第一季度"):
        close(space, YEAR, LATER)
    close(space, Q1, AFTER)
    close(space, YEAR, LATER)
    closed = files_of(space, YEAR)
    lay(space, Q1, TOWN, progress=35, on=date(2023, 4, 20), name="更正.xlsx")
    take_in(space, LATER)

    assert closed == files_of(space, YEAR, papers=LATER)
    with pytest.raises(CommandError, match="全年已经定稿，2023年第一季度不能重开"):
        reopen(space, Q1, "更正")
    reopen(space, YEAR, "更正")
    reopen(space, Q1, "更正")


def test_a_book_that_is_open_elsewhere_keeps_the_period_open(space: Workspace) -> None:
    """What is typed and not saved would be lost: close says which file to save, and closes nothing."""
    book(space, Q1, AFTER)
    mark = space.out(Q1, "汇总") / f".~lock.{Q1.label}目标任务进展汇总.xlsx#"
    mark.write_text("clerk")
    with pytest.raises(CommandError, match="正在别处打开"):
        close(space, Q1, AFTER)
    mark.unlink()
    close(space, Q1, AFTER)
    closed = files_of(space, Q1)

    path = space.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx"
    path.write_bytes(path.read_bytes() + b"\0")
    mark.write_text("clerk")
    with held(LATER):
        said = collect(space, progress=lambda items, _: items).left
    assert isinstance(said, tuple)
    assert closed["汇总/" + path.name] == book(space, Q1, LATER)
    mark.unlink()
    assert closed == files_of(space, Q1, papers=LATER)


def test_a_paper_that_the_clerk_edited_is_what_is_closed(space: Workspace) -> None:
    """An edited bulletin is frozen as it lies there, and no new one is written beside it."""
    close_papers = space.out(Q1, "文书")
    close(space, Q1, AFTER)
    with held(AFTER):
        reopen(space, Q1, "改通报")
    bulletin = next(path for path in close_papers.glob("*通报*.docx"))
    bulletin.write_bytes(bulletin.read_bytes() + b"\0")
    edited = bulletin.read_bytes()
    close(space, Q1, LATER)

    assert [bulletin.name] == [path.name for path in close_papers.glob("*通报*.docx")]
    bulletin.unlink()
    assert edited == files_of(space, Q1, papers=LATER)[f"文书/{bulletin.name}"]


def clerk(space: Workspace, name: str) -> None:
    """Let another clerk work here."""
    settings = space.root / "settings.toml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r'^clerk = ".*?"', f'clerk = "{name}"', text, flags=re.MULTILINE), "utf-8")


def two_persons(space: Workspace) -> None:
    """Let the rules ask for a second person."""
    book_ = load_workbook(space.templates / "考核规则.xlsx")
    page = book_["参数"]
    row = next((row for row in page.iter_rows(min_row=2) if row[0].value == "close_by_two"), None)
    if row is None:
        page.append(["close_by_two", "定稿要二人复核", 1, ""])
    else:
        row[2].value = 1
    book_.save(space.templates / "考核规则.xlsx")


def test_where_the_rules_ask_for_it_a_second_person_confirms(space: Workspace) -> None:
    """Proposed by one, nothing is closed; the same person cannot confirm, another can, and both names stand in the draft and the book."""
    two_persons(space)
    with pytest.raises(CommandError, match="还没有人提请定稿"):
        close(space, Q1, AFTER, confirm=True)
    clerk(space, "张某")
    proposed = close(space, Q1, AFTER)
    assert (None, "张某") == (proposed.draft, proposed.proposed_by)
    with pytest.raises(CommandError, match="复核要由另一个人做"):
        close(space, Q1, AFTER, confirm=True)
    clerk(space, "李某")
    done = close(space, Q1, date(2023, 4, 6), confirm=True)

    assert done.draft is not None
    assert ("张某", "李某") == (done.draft.who, done.draft.confirmed_by)
    lines = [str(cell.value) for row in load_workbook(done.path or "")["总览"].iter_rows(max_row=4) for cell in row if cell.value]
    assert ["2023年第一季度：第 1 稿（2023-04-06 定稿，经办 张某，复核 李某）" in line for line in lines if "定稿" in line] == [True]


def test_what_changed_between_proposal_and_confirmation_is_proposed_anew(space: Workspace) -> None:
    """The second person closes what the first saw, or nothing: a return that came in between asks for a new proposal."""
    two_persons(space)
    clerk(space, "张某")
    close(space, Q1, AFTER)
    lay(space, Q1, TOWN, progress=35, on=date(2023, 3, 29), name="更正.xlsx")
    take_in(space, AFTER)
    clerk(space, "李某")
    with pytest.raises(CommandError, match="张某提请定稿以后，2023年第一季度又有变化"):
        close(space, Q1, AFTER, confirm=True)
    assert "" != close(space, Q1, AFTER).proposed_by
    clerk(space, "张某")
    assert close(space, Q1, AFTER, confirm=True).draft is not None


def test_only_what_was_typed_into_a_closed_book_becomes_a_correction(space: Workspace) -> None:
    """A closed ruling that was corrected later is not taken back by a copy of the closed book, into which another ruling was typed."""
    book(space, Q1, AFTER)
    type_ruling(space, Q1, "任务3", "黄", "定稿前的认定")
    close(space, Q1, AFTER)
    closed = space.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx"
    content = closed.read_bytes()
    for number, light in (("任务3", "红"), ("任务2", "绿")):
        closed.write_bytes(content)
        type_ruling(space, Q1, number, light, "定稿后的认定")
        book(space, Q1, LATER)

    found = {
        (correction.number, correction.column): (correction.closed, correction.now)
        for correction in list_corrections(space, Q1)
        if correction.column == "认定灯"
    }
    assert {("任务3", "认定灯"): ("黄", "红"), ("任务2", "认定灯"): ("", "绿")} == found
    assert content == closed.read_bytes()


def test_the_open_book_gives_way_to_the_closed_one_without_a_word(space: Workspace) -> None:
    """A period that had a book is closed: nobody edited it, so nothing is kept beside and nothing is said of it."""
    book(space, Q1, AFTER)
    said = close(space, Q1, AFTER).sentences

    assert [] == [sentence for sentence in said if "被改过" in sentence]
    assert not (space.root / "outbox" / "2023Q1" / "定稿后改动").exists()
