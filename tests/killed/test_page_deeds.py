"""A word that is given on the page while the program is killed: after it is given again, or the next command has run, all stands as if nothing had happened."""

import json
import os
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.killed.dying import PAGE
from tests.killed.instants import all_files, cut_off, instants_of, ledger, run, say
from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, TOWN, TOWN_ROWS, begun, send
from tests.scoring.hands import appeal, scored_quarter, without_pdf, write
from tests.time.small_year import PLANNERS
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.page.registers import answer, registers
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.period import Period

Q1 = Period(2023, 1)
NOW = date(2023, 4, 3)  # the day of `dying.py`
WORDS = {
    "销号台账": {"核验": "退回", "核验说明": "缺验收单"},
    "协调事项": {"交给": "云溪县发改局", "期限": "2023-04-20"},
    "申诉": {"处理": "支持", "处理说明": "停机属实"},
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """东山镇 asks to close 任务3 with an error elsewhere in its form, 云溪县工信局 brings up a matter; all is consolidated."""
    space = begun(tmp_path_factory.mktemp("deeds") / "工作区")
    send(space, TOWN, TOWN_ROWS, asks="任务3 改造完成并验收")
    send(space, INDUSTRY, INDUSTRY_ROWS | {("任务进展", "任务1", "需协调事项"): "用地指标还差50亩，请协调。"})
    _settled(space)
    return space.root


@pytest.fixture(scope="module")
def appealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter is closed, and one unit appeals against its score."""
    with pytest.MonkeyPatch.context() as patch:
        without_pdf(patch)
        space = scored_quarter(tmp_path_factory.mktemp("appeals") / "工作区")
        write(space, date(2023, 4, 6))
        appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
        with held(date(2023, 4, 10)):
            collect(space, progress=lambda items, _: items)
    return space.root


def _settled(space: Workspace) -> None:
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    for path in space.inbox.iterdir():
        os.utime(path, (moment, moment))
    with held(date(2023, 3, 29)):
        collect(space, progress=lambda items, _: items)
        consolidate(space, Q1)


def subject_of(space: Path, sheet: str) -> str:
    """Name the first row of a sheet."""
    return next(line.subject for line in registers(open_workspace(space), Q1).lines if line.sheet == sheet)


def result(space: Path) -> tuple[object, ...]:
    """What is left: the ledger without the marks of what was shown, and all that goes out but the moment in which it was made."""
    return ledger(space), {name: content for name, content in all_files(space / "outbox").items() if "退回" in name}


@pytest.mark.parametrize("again", ["on the page", "consolidate"])
@pytest.mark.parametrize("sheet", WORDS)
def test_killed_while_a_word_is_put_down_it_ends_the_same(
    request: pytest.FixtureRequest, tmp_path: Path, sheet: str, again: str
) -> None:
    """Killed at any instant of a deed on the page, then given again or only consolidated, words, receipts and ledger are those of an undisturbed deed."""
    start: Path = request.getfixturevalue("appealed" if sheet == "申诉" else "before")
    said = (PAGE, str(Q1), sheet, subject_of(start, sheet), json.dumps(WORDS[sheet]))
    whole = tmp_path / "whole"
    shutil.copytree(start, whole)
    told = instants_of(whole, *said)
    written = _of_ledger(whole)
    assert 0 == run(whole, "collect")

    for instant in told.some():
        cut = tmp_path / "cut"
        shutil.copytree(start, cut)
        cut_off(cut, instant, *said)
        assert _of_ledger(cut) in (_of_ledger(start), written), instant
        if again == "on the page" or _of_ledger(cut) == _of_ledger(start):
            with held(NOW):
                answer(open_workspace(cut), Q1, sheet, said[3], WORDS[sheet])
        assert 0 == run(cut, "collect")
        assert result(whole) == result(cut), instant
        shutil.rmtree(cut)
    say(f"page {sheet}", told)


def _of_ledger(space: Path) -> list[str]:
    """The office's words, without the moments in which they were given."""
    return [row.partition("'at'")[0] for row in ledger(space)["decisions"]]
