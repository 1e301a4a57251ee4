"""签批表 and check-page: the form as it is signed on paper, known again from a photo, a scan or a code that was typed."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from tests.office import convert
from tests.small import filled_row, type_into
from tests.time import small_year as small
from tests.time.small_year import BUREAU, Q1, TOWN
from toolkit.cli.main import _run
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.check_page import Checked, Different, check_page
from toolkit.flows.intake.list_returns import carry_out
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.rounds_said import year_so_far
from toolkit.flows.report.documents import documents
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import DecisionAction
from toolkit.model.signed import SignedForm, SignedRow, digests_in, read_signed
from toolkit.model.task_life import LifeEvent

FORM = SignedForm("2023Q1", "东山镇", "AB-CD-1", "f" * 64, (SignedRow("任务进展", "任务3", "改造", "牵头", (("累计进度", "30"), ("说明", "（未填）"))),))


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """东山镇 and 云溪县工信局 have reported 30 each; the papers of the first quarter are written."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-02")
    space = small.office(tmp_path)
    small.issue(space, Q1)
    for unit in (TOWN, BUREAU):
        small.lay(space, Q1, unit)
    small.take_in(space, date(2023, 3, 26))
    write(space)
    return space


def write(space: Workspace) -> None:
    """Write the papers of the first quarter."""
    documents(space, Q1, yellow=False, progress=small.quietly)  # type: ignore[arg-type]


@pytest.fixture
def printed(space: Workspace, tmp_path: Path) -> Path:
    """The town's form as LibreOffice prints it."""
    return convert(space.out(Q1, "文书") / "签批表" / f"签批表_{TOWN}.docx", "pdf", tmp_path / "printed")


def photo(pdf: Path, change: Callable[[Image.Image], Image.Image], target: Path) -> Path:
    """Take a picture of the last page."""
    page = pypdfium2.PdfDocument(pdf)
    change(page[len(page) - 1].render(scale=150 / 72).to_pil()).save(target)
    return target


def crooked(picture: Image.Image) -> Image.Image:
    """Lay it askew, darker and smaller, as a phone does."""
    return picture.convert("L").rotate(7, expand=True, fillcolor=200).point(lambda light: int(light * 0.8)).resize((1000, 1400))


@pytest.mark.office
def test_it_can_be_read_and_is_known_again(space: Workspace, printed: Path, tmp_path: Path) -> None:
    """No letter below 9 points; a scan, a crooked photo, a page of several and the typed code all lead to the figures that were signed, which are today's."""
    with pdfplumber.open(printed) as pdf:
        assert min(float(sign["size"]) for page in pdf.pages for sign in page.chars) >= 9
        text = "".join(page.extract_text() for page in pdf.pages)
    assert {"累计进度", "签批表", "单位盖章"} == {word for word in ("累计进度", "签批表", "单位盖章") if word in text}
    (scanned,) = check_page(space, str(printed))
    typed = " ".join(scanned.form.digest[start : start + 4] for start in range(0, 16, 4))

    assert (TOWN, (), True) == (scanned.form.unit, scanned.different, scanned.same_file)
    assert typed.replace(" ", "") in text.replace(" ", "")
    assert scanned.form.figures()["任务进展", "任务3", "累计进度"] == "30"
    sources = [str(photo(printed, crooked, tmp_path / "照片.jpg")), str(photo(printed, lambda one: one, tmp_path / "扫描.tif")), typed, typed.upper()]
    assert [(scanned,)] * 4 == [check_page(space, source) for source in sources]


def test_what_has_changed_since_is_named(space: Workspace) -> None:
    """After a correction the old page still says what was signed, and each figure that is another now; the command ends with 1."""
    (old,) = check_page(space, signed_code(space, TOWN))
    form = space.root / "outbox/2023Q1/发放" / f"{TOWN}_{Q1.label}进展.xlsx"
    target = space.inbox / "更正.xlsx"
    type_into(form, target, filled_row("任务3", progress=45) | filled_row("任务2", lead=False))
    small.sent_on(target, date(2023, 3, 28))
    small.take_in(space, date(2023, 3, 29))
    (now,) = check_page(space, old.form.digest)

    assert Checked(old.form, "2023年第一季度", (Different("任务3", "累计进度", "30", "45"),), same_file=False) == now
    assert 1 == _run(["--workspace", str(space.root), "check-page", old.form.digest[:16]])
    write(space)
    (new,) = check_page(space, signed_code(space, TOWN))
    assert ("45", ()) == (new.form.figures()["任务进展", "任务3", "累计进度"], new.different)


def test_a_signed_page_stamps_the_signing(space: Workspace) -> None:
    """With the day on it a page is the stamp of 签收 of every task its unit leads, once; a code alone stamps nothing, a day that is none is refused."""
    code = signed_code(space, BUREAU)
    (plain,) = check_page(space, code)
    with pytest.raises(CommandError, match="签收日期“三月底”不是年月日写全的日期"):
        check_page(space, code, "三月底")
    before = _signing(space)
    (dated,) = check_page(space, code, "2023-03-20")
    (again,) = check_page(space, code, "2023-03-22")

    assert ((), ("任务1", "任务2"), ()) == (plain.stamped, dated.stamped, again.stamped)
    assert {"任务1": "2023-03-26", "任务2": "2023-03-26", "任务3": "2023-03-26", "目标1": ""} == before
    assert {"任务1": "2023-03-20", "任务2": "2023-03-20", "任务3": "2023-03-26", "目标1": ""} == _signing(space)


def test_a_stamped_scan_of_a_return_that_was_put_aside_is_a_signing(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its return put aside (停用), a unit has signed for nothing; the scan of its page stamps its tasks with today, in an open period only."""
    code = signed_code(space, TOWN)
    (digest,) = {checked.form.digest for checked in check_page(space, code)}
    monkeypatch.setattr("toolkit.flows.intake.check_page._digests", lambda _: [digest])
    scan = space.root / "签批表.png"
    scan.write_bytes(b"read by the stand-in above")
    (still,) = check_page(space, str(scan))
    with open_office(space, alone=True) as office:
        number = next(record.id for record in office.ledger.all_files("2023Q1") if record.unit == TOWN)
        carry_out(office, number, DecisionAction.EXCLUDE, "换表")
    before = _signing(space)["任务3"]
    (scanned,) = check_page(space, str(scan))

    assert ((), "", ("任务3",), "2023-04-02") == (still.stamped, before, scanned.stamped, _signing(space)["任务3"])


def _signing(space: Workspace) -> dict[str, str]:
    """Give the day of 签收 of every task of the first quarter, '' for none."""
    with open_office(space) as office:
        lives = year_so_far(office, Q1).lives
    return {number: str(stamp.at) if (stamp := life.last(LifeEvent.SIGN)) else "" for number, life in lives.items()}


def signed_code(space: Workspace, unit: str) -> str:
    """Read the code that is printed on a unit's paper."""
    from docx import Document

    said = [paragraph.text for paragraph in Document(str(space.out(Q1, "文书") / "签批表" / f"签批表_{unit}.docx")).paragraphs]
    return next(one for one in said if one.startswith("校验码：")).partition("：")[2].partition("　")[0]


def test_what_is_no_page_of_ours_is_said(space: Workspace, tmp_path: Path) -> None:
    """A picture without a code, a broken picture, a huge one, a code that nothing was printed under, too few digits: each has its sentence."""
    blank, broken, huge = tmp_path / "空.png", tmp_path / "坏.jpg", tmp_path / "大.png"
    Image.new("L", (200, 200), 255).save(blank)
    broken.write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    stream = BytesIO()
    Image.new("1", (30_000, 30_000)).save(stream, "PNG")
    huge.write_bytes(stream.getvalue())

    assert "没有找到签批表的二维码" in refused(space, str(blank))
    assert "不是能读的图片" in refused(space, str(broken))
    assert "大.png" in refused(space, str(huge))
    assert "台账里没有校验码" in refused(space, "ab" * 16)
    assert "不是文件，也不是校验码" in refused(space, "1a2b")


def refused(space: Workspace, source: str) -> str:
    """Give the sentence with which a source is refused."""
    with pytest.raises(CommandError) as found:
        check_page(space, source)
    return found.value.message


def test_the_digest_is_of_exactly_the_figures_shown() -> None:
    """One figure, unit or file that differs gives another digest; the text that is kept is read back whole, and nothing else is taken for one."""
    other = SignedForm(FORM.period, FORM.unit, FORM.receipt, FORM.file, (FORM.rows[0]._replace(figures=(("累计进度", "31"), ("说明", "（未填）"))),))

    assert FORM.digest != other.digest
    assert FORM == read_signed(FORM.content())
    assert [None] * 4 == [read_signed(content) for content in (b"", b"{}", b'["x",1,2,3,4,5,6]', b"\xff")]
    assert [FORM.digest] == digests_in(f"别的 {FORM.code}")
    assert [] == digests_in("2023 年 12 月")
