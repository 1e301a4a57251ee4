"""成绩单: what stands on a unit's page, before and after the closing, sent once, whole however the program is stopped."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.scoring.hands import CLOSED, appeal, rulings_book, scored_quarter, without_pdf, write
from tests.time.small_year import BUREAU, PLANNERS, Q1, TOWN, YEAR, book, close, issue, lay, office, sheet, take_in
from toolkit.edges.clock import held, now
from toolkit.edges.ledger import amendment_records
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import reopen
from toolkit.flows.demo.play_scores import play_scorecards, play_veto
from toolkit.flows.mail.send import send
from toolkit.flows.office.office_context import open_office
from toolkit.model.amendments import RENAMED, Amendment, AmendmentSubject, Change, first_day
from toolkit.model.command_error import CommandError
from toolkit.model.letter import Kind
from toolkit.model.period import Period

Q2 = Period(2023, 2)


@pytest.fixture(autouse=True)
def _no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    without_pdf(monkeypatch)


def texts(path: Path) -> list[str]:
    """Give every text and number that stands on a scorecard."""
    return [str(cell) for row in load_workbook(path, data_only=True)["成绩单"].iter_rows(values_only=True) for cell in row if cell is not None]


def card(space: Workspace, unit: str, period: Period = Q1) -> Path:
    return space.out(period, "成绩") / f"成绩单_{unit}.xlsx"


def test_a_page_shows_each_part_and_nothing_of_other_units(tmp_path: Path) -> None:
    """Scores, tasks with lights, each deduction with file, cell and remedy, rank and the class's size; no other unit's name but in a task's own text."""
    space = scored_quarter(tmp_path)
    write(space, date(2023, 4, 6))

    found = texts(card(space, BUREAU))

    assert {"60", "94", "70.2", "▲黄", "退回", "错误", "名次（共 2 家）"} <= set(found)
    assert f"{BUREAU}_2023Q1_3.xlsx，指标进展 G5" in found
    assert any("一次改齐再报" in text for text in found)
    assert not [text for text in found if PLANNERS in text or TOWN in text]


def test_before_the_closing_it_is_a_draft_that_is_not_sent(tmp_path: Path) -> None:
    """A draft says so, has no form to appeal and does not go out; after the closing it gives way."""
    space = office(tmp_path)
    issue(space, Q1)
    lay(space, Q1, BUREAU)
    take_in(space, date(2023, 3, 26))
    done = write(space, date(2023, 3, 27))

    assert (True, ()) == (done.is_draft, done.forms)
    drafts = sorted(path.name for path in done.folder.iterdir())
    assert [f"成绩单（草稿）_{unit}.xlsx" for unit in sorted((TOWN, PLANNERS, BUREAU))] == drafts
    with pytest.raises(CommandError, match="还没有定稿，成绩单是草稿，没有发送"):
        send(space, Q1, Kind.SCORE, only=(), resend=(), progress=lambda items, _: items)
    close(space, Q1, CLOSED)
    write(space, date(2023, 4, 6))
    assert not [path for path in done.folder.iterdir() if "草稿" in path.name]


def test_a_second_run_changes_nothing_and_a_mail_goes_once(tmp_path: Path) -> None:
    """Books, forms and drafts of mails stay byte for byte; a second send finds them written."""
    space = scored_quarter(tmp_path)
    write(space, date(2023, 4, 6))
    before = {path.name: path.read_bytes() for path in card(space, BUREAU).parent.iterdir()}
    sent = [send(space, Q1, Kind.SCORE, only=(), resend=(), progress=lambda items, _: items).delivered for _ in range(2)]

    again = write(space, date(2023, 4, 20))

    assert before == {path.name: path.read_bytes() for path in card(space, BUREAU).parent.iterdir()}
    assert (0, ()) == (again.books, again.forms)
    assert [3, 0] == [len(delivered.new_drafts) for delivered in sent]


def test_scorecards_of_an_earlier_draft_do_not_go_out(tmp_path: Path) -> None:
    """After a second closing nothing is sent until the scorecards were written anew, those of some units only not; one of nobody's is taken away."""
    space = scored_quarter(tmp_path)
    write(space, date(2023, 4, 6))
    with held(date(2023, 4, 13)):
        reopen(space, Q1, "更正")
    book(space, Q1, date(2023, 4, 13))
    close(space, Q1, date(2023, 4, 14))
    for units, left in (((), f"{TOWN}、{PLANNERS}、{BUREAU}"), ((TOWN,), f"{PLANNERS}、{BUREAU}")):
        if units:
            write(space, date(2023, 4, 15), Q1, *units)
        with pytest.raises(CommandError, match="第 2 稿写的，一份也没有发送") as refused:
            send(space, Q1, Kind.SCORE, only=(), resend=(), progress=lambda items, _: items)
        assert set(left.split("、")) == set(refused.value.message.partition("的成绩单")[0].split("、"))
    card(space, TOWN).rename(card(space, "撤销了的局"))
    done = write(space, date(2023, 4, 16))

    assert ["“成绩单_撤销了的局.xlsx”移去了：这个单位在现在的定稿里没有成绩。"] == [note for note in done.notes if "移去" in note]
    assert 3 == len(send(space, Q1, Kind.SCORE, only=(), resend=(), progress=lambda items, _: items).delivered.new_drafts)


@pytest.mark.parametrize("stops", ["成绩单_云溪县发改局", "申诉表_云溪县发改局", "成绩申诉处理"])
def test_killed_on_the_way_the_next_run_finishes(tmp_path: Path, stops: str) -> None:
    """A process that dies while it writes leaves nothing half; the next run gives the very files of one that was never stopped."""
    whole, torn = scored_quarter(tmp_path / "a"), scored_quarter(tmp_path / "b")
    for space in (whole, torn) if stops == "成绩申诉处理" else ():
        write(space, date(2023, 4, 6))
        appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
        take_in(space, date(2023, 4, 10))
    program = (
        "import os, sys; from pathlib import Path; from datetime import date; from toolkit.edges import files\n"
        "from tests.scoring import hands; from toolkit.edges.workspace import open_workspace; from toolkit.model.period import Period\n"
        "rename = files._rename\n"
        f"files._rename = lambda path: os._exit(9) if {stops!r} in str(path) else rename(path)\n"
        "hands.flow.find_office = lambda: None\n"
        "hands.write(open_workspace(Path(sys.argv[1])), date(2023, 4, 6))"
    )
    died = subprocess.run([sys.executable, "-c", program, str(torn.root)], check=False, cwd=Path(__file__).parents[2])
    for space in (whole, torn):
        write(space, date(2023, 4, 6))

    assert died.returncode == 9
    folders = [card(space, BUREAU).parents[1] for space in (whole, torn)]
    names = [sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) for folder in folders]
    assert names[0] == names[1]
    assert rulings_book(torn).exists() == (stops == "成绩申诉处理")
    assert card(whole, BUREAU).read_bytes() == card(torn, BUREAU).read_bytes()


def test_the_trend_and_the_score_follow_a_unit_with_a_new_name(tmp_path: Path) -> None:
    """A unit renamed in the year keeps its first quarter on its page and its deductions in the year's book."""
    space = scored_quarter(tmp_path)
    _rename(space)
    issue(space, Q2)
    with held(date(2023, 7, 2)):
        take_in(space, date(2023, 7, 2))
    write(space, date(2023, 7, 3), Q2)

    found = texts(space.out(Q2, "成绩") / "成绩单（草稿）_云溪县工业局.xlsx")

    assert {"2023年第一季度", "2023年第二季度", "1/2"} <= set(found)
    book(space, YEAR, date(2023, 7, 4))
    year_rows = sheet(space, YEAR, "扣分明细")
    assert {"迟报", "未报"} & {str(row["项目"]) for row in year_rows}
    assert {"退回", "错误"} <= {str(row["项目"]) for row in year_rows if "工" in str(row["单位"])}


def _rename(space: Workspace) -> None:
    """Register that a unit has another name from the second quarter on."""
    change = Change(AmendmentSubject.UNIT, BUREAU, RENAMED, BUREAU, "云溪县工业局")
    with open_office(space, alone=True) as whole:
        with whole.ledger.writing() as connection:
            amendment_records.add(connection, [Amendment(0, 2023, change, first_day(Q2), str(Q2), reason="更名", who="某某", at=now())])
        whole.forget()
    with open_office(space, alone=True):
        pass


def test_the_played_part_of_the_demo(tmp_path: Path) -> None:
    """In the played year a unit's appeal is upheld and answered, and a veto holds the best unit's grade down in the year's book."""
    space, said = scored_quarter(tmp_path), []

    play_scorecards(space, Q1, date(2023, 4, 11), say=said.append, progress=lambda items, _: items)
    play_veto(space, YEAR, say=said.append)
    book(space, YEAR, date(2023, 4, 20))

    assert "的申诉得到支持：记作定稿后更正 1 处" in said[1]
    assert rulings_book(space).exists()
    assert ["不高于合格"] == [row["效果"] for row in sheet(space, YEAR, "一票否决")]
    assert "年度考核" in load_workbook(space.out(YEAR, "汇总") / f"{YEAR.label}目标任务进展汇总.xlsx").sheetnames
