"""export --evidence: what the index says lies there, each piece once; what is left out, or lies there from before, is said."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.corridor.test_evidence import JPG, PDF, TOWN, drop, pieces, run
from tests.small import Q1, issue, small_workspace, type_into
from toolkit.cli.main import _run
from toolkit.edges.inbox import digest_of
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import close
from toolkit.flows.intake.list_returns import assign
from toolkit.flows.report.export_evidence import export_evidence


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A small office that has issued its first quarter."""
    space = small_workspace(tmp_path / "office")
    issue(space)
    return space


def _index(path: Path) -> list[tuple[str, str]]:
    """The index: each piece's SHA-256 and the SHA-256 of the copy that its line leads to."""
    sheet = load_workbook(path)["佐证材料清单"]
    titles = [cell.value for cell in sheet[1]]
    name, digest = titles.index("材料"), titles.index("SHA-256")
    return [(str(row[digest].value), digest_of((path.parent / str(row[name].hyperlink.target)).read_bytes())) for row in sheet.iter_rows(min_row=2)]


def test_no_copy_takes_the_place_of_another(space: Workspace, tmp_path: Path) -> None:
    """
    A piece whose name is that which a second piece of one name would get is not written over: each line of the index leads to its own piece.
    """
    for name, content in (("3_照片.jpg", JPG), ("照片.jpg", JPG + b"1"), ("二/照片.jpg", JPG + b"2")):
        drop(space, f"东山镇/任务3/{name}", content)
        run(space)
    done = export_evidence(space, (), tmp_path / "out")
    index = _index(done.path)

    assert (3, ()) == (done.copies, done.left)
    assert [(digest_of(content),) * 2 for content in (JPG, JPG + b"1", JPG + b"2")] == index


def test_copies_of_an_earlier_time_are_named(space: Workspace, tmp_path: Path) -> None:
    """
    A copy that lies under a task which its piece is no longer of is named, as the index does not have it; what else lies in the folder is nobody's business.
    """
    drop(space, "东山镇/任务3/照片.jpg", JPG)
    run(space)
    (tmp_path / "out" / "2023Q1" / "发放").mkdir(parents=True)
    (tmp_path / "out" / "2023Q1" / "发放" / "别的.txt").write_bytes(b"x")
    first = export_evidence(space, (), tmp_path / "out").left
    assign(space, [1], "东山镇", Q1, tasks=["任务2"])
    (second,) = export_evidence(space, (), tmp_path / "out").left

    assert () == first
    assert f"“{tmp_path / 'out'}”里还有 1 份不是这一次拷出的，清单里没有：2023Q1/东山镇/任务3/照片.jpg" == second.partition("。")[0]


def test_what_came_after_closing_is_named(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Evidence that came after a period was closed is not handed out with it, and is named, also where there is none besides.
    """
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-24")
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.inbox / "镇.xlsx", TOWN)
    run(space)
    close(space, Q1, with_open=True, confirm=False, progress=lambda items, _: items)
    drop(space, "东山镇/2023年一季度 任务3/后来的.pdf", PDF)
    run(space)
    done = export_evidence(space, (), tmp_path / "out")

    assert 1 == len(pieces(space))
    assert (0, ["2023年第一季度已经定稿，另有 1 份材料是定稿以后收到的，没有拷出：后来的.pdf（东山镇）"]) == (
        done.copies,
        [sentence.partition("。")[0] for sentence in done.left],
    )


def test_a_name_that_windows_keeps_for_itself_is_written_otherwise(space: Workspace, tmp_path: Path) -> None:
    """
    CON.pdf cannot be unpacked on Windows: its copy is _CON.pdf, and the index leads there.
    """
    drop(space, "东山镇/任务3/CON.pdf", PDF)
    run(space)
    done = export_evidence(space, (), tmp_path / "out")

    assert ["_CON.pdf"] == [path.name for path in (tmp_path / "out").rglob("*.pdf")]
    assert [(digest_of(PDF),) * 2] == _index(done.path)


@pytest.mark.parametrize("what", ["--evidence", "--public"])
def test_a_day_that_cannot_be_had_is_refused(space: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    """
    Evidence and what is public are those of now: asked for as of a day, nothing is written that would be taken for it.
    """
    code = _run(["--workspace", str(space.root), "export", "--to", str(tmp_path / "out"), what, "--as-of", "2023-03-01"])

    assert (1, True) == (code, "--as-of 只用于数据表" in "".join(capsys.readouterr()))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["2023年第二季度 任务3.jpg", "2023Q2 任务3.jpg", "二季度任务3.jpg"])
def test_evidence_of_a_quarter_that_was_not_issued_is_asked_about(space: Workspace, name: str) -> None:
    """
    A name that speaks of a quarter of which nothing was issued yet is not taken for the open one in silence.
    """
    drop(space, f"东山镇/{name}", JPG)
    drop(space, "东山镇/2023年第一季度 任务3.jpg", JPG + b"1")
    ends = {arrival.sent.name.rpartition("/")[2]: (arrival.outcome.value, arrival.findings[-1].message) for arrival in run(space).arrivals}

    assert ("waiting", "像是佐证材料，名称写的是2023年第二季度，这一期还没有发过表；建议归到东山镇的任务3。") == ends[name]
    assert "attached" == ends["2023年第一季度 任务3.jpg"][0]


def test_evidence_that_names_two_units_is_asked_about(space: Workspace) -> None:
    """
    A name in which two units stand, with a task's number, waits with that reason: it is not put off as no spreadsheet.
    """
    drop(space, "东山镇/云溪县工信局任务2.jpg", JPG)
    (arrival,) = run(space).arrivals

    assert ("waiting", "像是佐证材料，名称中有几个单位：东山镇、云溪县工信局；建议归到任务2。") == (arrival.outcome.value, arrival.findings[-1].message)
