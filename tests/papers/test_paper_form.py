"""签批表 beside the form: written where the settings ask for it, readable on paper, mailed with the form, gone with it."""

from email import message_from_bytes, policy
from pathlib import Path

import pdfplumber
import pytest

from tests.office import convert
from tests.papers.drawn import texts
from tests.small import MASTER, Q1, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.paper_forms import FOLDER, SETTING
from toolkit.flows.mail.send import send
from toolkit.model.command_error import CommandError
from toolkit.model.letter import Kind


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The small office, whose settings ask for papers."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-20")
    space = small_workspace(tmp_path, MASTER)
    _set(space, "true")
    return space


def _set(space: Workspace, value: str) -> None:
    settings = space.root / "settings.toml"
    lines = [f"{SETTING} = {value}" if line.startswith(f"{SETTING} ") else line for line in settings.read_text("utf-8").splitlines()]
    settings.write_text("\n".join(lines), "utf-8")


def _papers(space: Workspace) -> dict[str, Path]:
    return {path.stem.removeprefix(f"{FOLDER}_"): path for path in sorted((space.out(Q1, "发放") / FOLDER).glob("*.docx"))}


def test_each_unit_gets_its_paper_and_only_where_asked(space: Workspace) -> None:
    """One paper a form, with its receipt code and its tasks; issued once more nothing changes; without the setting there is none."""
    issue(space)
    papers = _papers(space)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in papers.values()}
    issue(space)
    said = texts(papers["东山镇"])

    assert {"东山镇", "云溪县发改局", "云溪县工信局"} == set(papers)
    assert any("回执编号" in text for text in said)
    assert any(text.startswith("任务3（牵头）　完成老旧小区改造") for text in said)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in _papers(space).values()}
    _set(space, '"也许"')
    with pytest.raises(CommandError, match="也许"):
        issue(space)


def test_without_the_setting_nothing_is_added(tmp_path: Path) -> None:
    """Offices that never asked for papers see no folder of them."""
    space = small_workspace(tmp_path)
    issue(space)

    assert not (space.out(Q1, "发放") / FOLDER).exists()


def test_it_is_mailed_with_the_form(space: Workspace) -> None:
    """Each letter carries the workbook and the paper; asked for later, the paper alone is no reason to send again."""
    issue(space)
    send(space, Q1, Kind.ISSUE, only=(), resend=(), progress=lambda items, _: items)
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(space.out(Q1, "邮件").rglob("*.eml"))]
    names = [[part.get_filename() or "" for part in mail.iter_attachments()] for mail in mails]  # type: ignore[attr-defined]

    assert 3 == len(names)
    assert all(form.endswith("进展.xlsx") and paper.startswith("签批表_") for form, paper in names)


@pytest.mark.office
def test_on_paper_no_letter_is_too_small(space: Workspace, tmp_path: Path) -> None:
    """A4 upright, no letter below 9 points, the lines to sign on, the code and what they are for together on the last page."""
    issue(space)
    printed = convert(_papers(space)["云溪县工信局"], "pdf", tmp_path / "printed")
    with pdfplumber.open(printed) as pdf:
        sizes = [float(sign["size"]) for page in pdf.pages for sign in page.chars]
        assert {(595, 842)} == {(round(page.width), round(page.height)) for page in pdf.pages}
        last = pdf.pages[-1].extract_text()
    assert min(sizes) >= 9
    together = ("填报人", "单位盖章", "回执编号", "供打印后手写")
    assert together == tuple(word for word in together if word in last)
