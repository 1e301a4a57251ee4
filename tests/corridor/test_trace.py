"""trace: a value followed from the mail that brought it to the consolidated workbook."""

import json
import os
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.hostile.books import zipped
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.cli.main import app
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.trace import trace
from toolkit.model.command_error import CommandError


def mailed(content: bytes, name: str) -> bytes:
    """A mail with an attachment."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"], mail["Date"] = "更正", "clerk@example.com", "office@example.com", "Sat, 25 Mar 2023 09:00:00 +0800"
    mail.set_content("请查收。")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A town that first sends a wrong figure by itself, then a right one in a mail in a zip."""
    space = small_workspace(tmp_path)
    issue(space)
    issued = next(space.out(Q1, "发放").glob("东山镇*.xlsx"))
    for name, progress in (("首报.xlsx", 130), ("更正.xlsx", 40)):
        type_into(issued, space.inbox / name, filled_row("任务2", lead=False) | filled_row("任务3", progress=progress))
    late = space.inbox / "更正.xlsx"
    (space.inbox / "来信.zip").write_bytes(zipped({"更正.eml": mailed(late.read_bytes(), "更正.xlsx")}))
    late.unlink()
    for path, moment in ((space.inbox / "首报.xlsx", 1679300000), (space.inbox / "来信.zip", 1679800000)):
        os.utime(path, (moment, moment))
    collect(space, progress=lambda items, _: items)
    return space


def test_a_value_is_followed_from_its_mail_to_the_workbook(space: Workspace) -> None:
    """Every file, cell, text and finding of both returns is there; what holds names the later file's cell."""
    found = trace(space, Q1, "任务3", "东山镇", field="累计进度")
    first, second = found.arrivals

    assert ("任务3", "东山镇", "牵头") == found[1:2] + found[3:5]
    assert ("首报.xlsx", "") == (first.name, first.origin)
    assert ("来信.zip/更正.eml/更正.xlsx", "clerk@example.com：更正") == (second.name, second.origin)
    assert all((space.root / one.path).is_file() for one in found.arrivals)
    assert [(first.file, "130", "没有采用"), (second.file, "40", "40")] == [(one.file, one.typed, one.understood) for one in found.answers]
    assert "不能大于 100" in found.answers[0].findings[0]
    assert [("累计进度", "40", f"{second.file} 号文件 {found.answers[1].at}")] == [tuple(stand) for stand in found.standings]


def test_the_whole_row_ends_in_its_light(space: Workspace) -> None:
    """Without a column every cell is listed, then the task's own progress and light."""
    found = trace(space, Q1, "3", "东山镇")

    assert {"进展状态", "累计进度", "本季进展情况", "下一步措施"} <= {one.title for one in found.answers}
    assert [("任务的累计进度", "40"), ("灯", "绿")] == [(stand.title, stand.value) for stand in found.standings[-2:]]


@pytest.mark.parametrize(
    ("words", "said"),
    [(("任务99", "东山镇", ""), "没有“任务99”"), (("任务3", "西山镇", ""), "没有需要发表的“西山镇”"), (("任务3", "东山镇", "颜色"), "没有“颜色”这一栏")],
)
def test_what_the_office_does_not_know_is_said(space: Workspace, words: tuple[str, str, str], said: str) -> None:
    """A number, unit or column that is not there stops with a sentence."""
    with pytest.raises(CommandError, match=said):
        trace(space, Q1, words[0], words[1], field=words[2])


def test_a_program_can_read_it(space: Workspace) -> None:
    """--json gives one object with the same three lists."""
    done = CliRunner().invoke(app, ["--workspace", str(space.root), "trace", "2023Q1", "任务3", "东山镇", "--field", "progress", "--json"])
    found = json.loads(done.output)

    assert (2, ["130", "40"], "40") == (len(found["came"]), [one["typed"] for one in found["said"]], found["stands"][0]["value"])
