"""The real notice, played: every number of the bulletin is the consolidated workbook's, and LibreOffice prints every paper as planned."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pytest
import python_calamine
from lxml import html

from tests.office import convert
from tests.papers.drawn import quiet, tables, texts
from toolkit.edges.workspace import Workspace
from toolkit.flows.demo.demo import demo
from toolkit.flows.report.documents import documents
from toolkit.model.period import Period

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
A4 = (595, 842)  # points
Record = dict[str, str]


class Played(NamedTuple):
    """The bulletin's text, its annexes as tables, the workbook's sheets as cells, the folder of papers, the leaders' board."""

    said: str
    annexes: list[list[list[str]]]
    book: dict[str, list[list[str]]]
    folder: Path
    board: Path

    def records(self, sheet: str) -> list[Record]:
        """Give a data sheet's rows by column title."""
        title, *rows = self.book[sheet]
        return [dict(zip(title, row, strict=True)) for row in rows]

    def tile(self, name: str) -> tuple[str, str]:
        """Give a big number of 总览 and the share below it, by its name."""
        top, names, notes = next(self.book["总览"][row - 1 : row + 2] for row, cells in enumerate(self.book["总览"]) if "应报单位" in cells)
        at = names.index(name)
        return top[at], notes[at]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the first quarter of the real notice, consolidate it and write its papers, letters for yellow tasks too."""
    folder = tmp_path_factory.mktemp("played")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASK_TOOLKIT_TODAY", "2023-04-06")
        path = demo(folder, say=lambda _: None, show_table=lambda *_: None, progress=quiet)
        done = documents(Workspace(folder), Period(2023, 1), yellow=True, progress=quiet)
    bulletin = next(done.folder.glob("*.docx"))
    book = python_calamine.load_workbook(str(path))
    cells = {name: [[shown(value) for value in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)] for name in book.sheet_names}
    return Played("\n".join(texts(bulletin)), tables(bulletin), cells, done.folder, path.with_name("看板.html"))


def shown(value: object) -> str:
    """Write a cell as a reader sees it: 25 and not 25.0."""
    return format(value, ".15g") if isinstance(value, float) else str(value)


def take(said: list[str], pattern: str) -> Iterator[re.Match[str]]:
    """Give what matches and take it out of the text, so that what is left was not looked at yet."""
    found = list(re.finditer(pattern, said[0]))
    assert found, pattern
    said[0] = re.sub(pattern, "", said[0])
    yield from found


def test_every_number_of_the_bulletin_is_the_workbooks(played: Played) -> None:
    """Sentence by sentence the figures are the cells' of the consolidated workbook; no number of the text is left that was not compared."""
    said = [played.said]
    tasks = {record["编号"]: record for record in played.records("任务进展")}
    lights = Counter(task["灯"] for task in tasks.values())
    late = [task for task in tasks.values() if task["灯"] in "红黄"]
    units = played.records("报送情况")

    (returns,) = take(said, r"应报送单位(\d+)家，已报送(\d+)家，报送率(\d+%)；按时报送(\d+)家，按时报送率(\d+%)")
    assert (played.tile("应报单位")[0], *played.tile("已报"), *played.tile("按时")) == returns.groups()
    (total,) = take(said, r"全部(\d+)项目标任务中")
    assert played.tile("目标任务")[0] == total[1] == str(len(tasks))
    shares = {found[1]: (found[2], found[3]) for found in take(said, r"（(.)灯）(\d+)项，占(\d+%)")}
    tiles = {name: played.tile(next(cell for row in played.book["总览"] for cell in row if cell.endswith(words))) for name, words in
             (("蓝", "★已完成"), ("绿", "●达进度或超进度"), ("黄", "▲欠进度"), ("红", "■严重滞后"), ("灰", "○未报"))}  # fmt: skip
    assert {name: tile for name, tile in tiles.items() if tile[0] != "0"} == shares
    assert {name: str(count) for name, count in lights.items()} == {name: count for name, (count, _) in shares.items()}
    judged = Counter(record["是否达标"] for record in played.records("量化指标"))
    (counted,) = take(said, r"(\d+)项量化指标中，达到进度要求的(\d+)项，占(\d+)%，未达到的(\d+)项，按工作方案节点年底考核的(\d+)项")
    percent = int(judged["是"] * 100 / judged.total() + 0.5)
    assert tuple(str(count) for count in (judged.total(), judged["是"], percent, judged["否"], judged["按节点"])) == counted.groups()
    laggards_are_told(said, tasks)
    indicators_are_told(said, played)
    (lagging,) = take(said, r"欠进度（黄灯）(\d+)项，涉及.*等(\d+)家牵头单位")
    assert (str(len(late)), str(len({lead for one in late for lead in one["牵头单位"].split("、")}))) == lagging.groups()
    (sent,) = take(said, r"([^，；。\n]+)（(\d+)月(\d+)日收到）迟报")
    (tardy,) = (unit for unit in units if unit["是否按时"] == "否")
    assert sent[1].endswith(tardy["单位"])
    assert f"2023-{int(sent[2]):02}-{int(sent[3]):02}" == tardy["收到时间"][:10]
    (wrong,) = take(said, r"([^，；。\n]+)的报送表有填报错误(\d+)处")
    assert {unit["单位"]: unit["错误数"] for unit in units if unit["错误数"] not in {"0", ""}} == {wrong[1]: wrong[2]}
    (rest,) = take(said, r"其余(\d+)项滞后任务见附件1")
    assert len(late) - 10 == int(rest[1])
    assert ["2023年3月30日", "2023年6月30日", *["2023年4月6日"] * 2] == [found[0] for found in take(said, r"2023年\d+月\d+日")]
    (limits,) = take(said, r"落后计划进度(\d+)个百分点以上为黄灯，超过(\d+)个百分点")
    assert [row[2] for row in played.book["参数与图例"][1:3]] == list(limits.groups())
    list(take(said, r"《[^》]*》|〔2023〕1号|2023年第一季度|附件\d|(?m:^\d．)|\d．(?=[滞未])"))
    assert [] == re.findall(r".{0,12}\d+.{0,12}", said[0].replace("2023年第二季度", ""))


def laggards_are_told(said: list[str], tasks: dict[str, Record]) -> None:
    """Compare each laggard's figures and stated reasons with its row."""
    pattern = r"((?:任务|目标)\d+)“([^”]*)”（(.)灯），计划进度([\d.]+)%，累计进度([\d.]+)%，落后([\d.]+)个百分点。存在问题：(.*?)；原因：(.*?)。"
    told = list(take(said, pattern))
    assert 10 == len(told)
    for one in told:
        row = tasks[one[1]]
        assert (row["灯"], row["计划进度"], row["累计进度"], row["差距"]) == (one[3], one[4], one[5], f"-{one[6]}")
        assert row["存在问题"].rstrip("。") == one[7]
        assert row["目标任务"].replace("“", "‘").replace("”", "’").startswith(one[2].rstrip("…"))


def indicators_are_told(said: list[str], played: Played) -> None:
    """Compare each named indicator's figures with its row."""
    rows = {record["指标"]: record for record in played.records("量化指标") if record["是否达标"] == "否"}
    told = list(take(said, r"([^；：（]+)（年度目标(不超过)?([\d.]+)([^，]*)，(?:累计完成|实际)([\d.]+)[^，]*?(?:，完成率([\d.]+)%)?，([^）]*)）"))
    assert 6 == len(told)
    for one in told:
        row = rows[one[1]]
        assert (row["目标值"], row["单位"], row["累计完成值"], row["牵头单位"]) == (one[3], one[4], one[5], one[7])
        assert one[6] in {None, row["完成率"]}
    (rest,) = take(said, r"其余(\d+)项见附件2")
    assert len(rows) - 6 == int(rest[1])
    assert sorted(rows) == sorted(row[2] for row in played.annexes[1][1:])


def test_every_row_of_the_annexes_is_the_workbooks(played: Played) -> None:
    """The annex of laggards has a row for every red and yellow task, with the workbook's figures; that of indicators likewise."""
    tasks = {record["编号"]: record for record in played.records("任务进展")}
    laggards = played.annexes[0][1:]

    assert sorted(number for number, one in tasks.items() if one["灯"] in "红黄") == sorted(row[1] for row in laggards)
    for _, number, _, leads, planned, progress, behind, light, *_ in laggards:
        row = tasks[number]
        assert (row["牵头单位"], f"{row['计划进度']}%", f"{row['累计进度']}%", row["差距"], f"▲{row['灯']}") == (leads, planned, progress, f"-{behind}", light)
    indicators = {(record["编号"], record["指标"]): record for record in played.records("量化指标")}
    for _, number, name, _, reached, rate, lead in played.annexes[1][1:]:
        row = indicators[number, name]
        assert (f"{row['累计完成值']}{row['单位']}", row["牵头单位"]) == (reached, lead)
        assert rate in {f"{float(row['完成率']):.1f}%", "—"}


def test_libreoffice_prints_every_kind_of_paper(played: Played, tmp_path: Path) -> None:
    """Every paper becomes A4 pages that hold all its words: letters two, reminders and sign-off pages one, annexes on their side with repeated headers."""
    letter = min((played.folder / "督办通知单").glob("*.docx"))
    page = min((played.folder / "签批页").glob("*.docx"))
    reminders = sorted((played.folder / "催报").glob("*.docx"))
    bulletin = next(played.folder.glob("*.docx"))

    assert [[A4, A4]] == [sizes(convert(letter, "pdf", tmp_path))]
    assert [[A4]] * 3 == [sizes(convert(path, "pdf", tmp_path)) for path in (page, *reminders)]
    pages = sizes(made := convert(bulletin, "pdf", tmp_path))
    turned = pages.index(A4[::-1])
    assert [A4] * turned + [A4[::-1]] * (len(pages) - turned) == pages
    with pdfplumber.open(made) as document:
        printed = ["".join((page.extract_text() or "").split()) for page in document.pages]
    assert [f"—{number}—" for number in range(1, len(pages) + 1)] == [re.findall(r"—\d+—", one)[-1] for one in printed]
    second = next(number for number, one in enumerate(printed) if "附件2" in one and number >= turned)
    assert second - turned > 1
    assert all("存在问题和原因" in one and "序号" in one for one in printed[turned:second])
    assert all("年度目标" in one for one in printed[second:])
    assert "2023年4月6日" in printed[turned - 1]
    assert len(printed[turned - 1]) > len("区人民政府办公室2023年4月6日") + 40  # the signature stands below some text


def sizes(path: Path) -> list[tuple[int, int]]:
    """Give the pages' sizes in points."""
    with pdfplumber.open(path) as document:
        return [(round(page.width), round(page.height)) for page in document.pages]


def test_the_book_is_printed_in_letters_that_can_be_read(played: Played, tmp_path: Path) -> None:
    """As LibreOffice prints it no letter is below 8 points on A4 or A3, and each page of a wide sheet has its headers and says which task a row is about."""
    made = convert(played.board.with_name(f"{Period(2023, 1).label}目标任务进展汇总.xlsx"), "pdf", tmp_path)
    a3 = (1191, 842)
    smallest: dict[str, float] = {}
    with pdfplumber.open(made) as document:
        assert {A4[::-1], a3} >= {(round(page.width), round(page.height)) for page in document.pages}
        for page in document.pages:
            text = page.extract_text() or ""
            lines = text.splitlines()
            sheet = lines[0].rpartition("·")[2]
            smallest[sheet] = min(smallest.get(sheet, 99), *(float(sign["size"]) for sign in page.chars))
            if sheet == "任务进展":
                assert lines[1].startswith("编号")
                assert re.search(r"(?m)^(任务|目标)\d+", text)
            page.close()
    assert {"总览", "任务进展", "量化指标", "单位考核", "报送情况", "问题清单", "填报明细"} <= set(smallest)
    assert {} == {sheet: size for sheet, size in smallest.items() if size < 7.95}


def test_every_figure_of_the_board_is_the_workbooks(played: Played) -> None:
    """Big numbers, chapters, units, tasks, laggards, indicators: read from the page and from the book, they are the same, and none is missing."""
    board = Board(played.board)
    tasks, units = played.records("任务进展"), {record["单位"]: record for record in played.records("单位考核")}
    returns = [record for record in played.records("报送情况") if not record["单位"].startswith("（文件）")]

    assert {name: played.tile(name)[0] for name in board.figures} == board.figures
    assert 12 == len(board.figures)
    chapters = {task["章节"] or task["类别"]: Counter[str]() for task in tasks}
    for one in tasks:
        chapters[one["章节"] or one["类别"]][one["灯"]] += 1
    counted = [[str(counts.total()), *(str(counts[light] or "") for light in "蓝绿黄红灰")] for counts in chapters.values()]
    assert counted == [row[2:] for row in board.rows("chapters")]
    assert {one["单位"]: "未报" if one["结果"] == "未报" else "迟报" if one["是否按时"] == "否" else one["结果"] for one in returns} == board.returns()
    columns = ("总分", "名次", "等次")
    assert {name: tuple(one[title] for title in columns) for name, one in units.items()} == {
        name: (f"{float(told['总分']):.15g}", told["名次"], told["等次"]) for name, told in board.scores().items()
    }
    lights = {"蓝": "已完成", "绿": "正常", "黄": "滞后", "红": "严重滞后", "灰": "未报"}
    assert {name: {light: one[title] for light, title in lights.items() if one[title] != "0"} for name, one in units.items()} == board.parts()
    wanted = [[task["编号"], task["灯"], task["牵头单位"], task["计划进度"], task["累计进度"] or task["进展状态"] or "未报", task["差距"]] for task in tasks]
    assert wanted == [[number, lamp[-1], leads, *rest] for number, lamp, _, leads, *rest in board.rows("tasks")]
    assert [task["编号"] for task in tasks if task["灯"] in "红黄"] == sorted(board.late(), key=[task["编号"] for task in tasks].index)
    asked = [
        (
            record["编号"],
            f"{record['比较']}{record['目标值']}{record['单位']}",
            record["累计完成值"] or "未报",
            f"{record['完成率'] or '—'} / {record['序时进度'] or '—'}",
            record["是否达标"],
        )
        for record in played.records("量化指标")
    ]
    assert sorted(asked) == sorted((row[0], row[2], row[3], row[4], row[5]) for row in board.rows("indicators"))


class Board:
    """A leaders' board as a reader sees it."""

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self._page = html.fromstring(path.read_bytes().decode())
        self.figures = {one.get("data-figure"): one.text_content() for one in self._page.iterfind(".//b[@data-figure]")}

    def rows(self, section: str) -> list[list[str]]:
        """Give the cells of a section's table."""
        return [[cell.text_content() for cell in row.iterfind("td")] for row in self._page.iterfind(f".//section[@id='{section}']//tbody/tr")]

    def late(self) -> list[str]:
        """Name the lagging tasks."""
        return [one.text_content() for one in self._page.iterfind(".//section[@id='late']//span[@class='number']")]

    def returns(self) -> dict[str, str]:
        """Give what is told of each unit's return."""
        units = self._page.iterfind(".//section[@id='units']//li")
        return {unit.find("span[@class='name']").text: next(span for span in unit if "told" in span.get("class", "")).text_content() for unit in units}

    def scores(self) -> dict[str, dict[str, str]]:
        """Give each unit's score, rank and grade."""
        return {one.get("data-unit"): {i.get("data-of"): i.text or "" for i in one.iterfind("i[@data-of]")} for one in self._scored()}

    def parts(self) -> dict[str, dict[str, str]]:
        """Give each unit's parts by light."""
        return {one.get("data-unit"): {i.get("data-light"): i.text or "" for i in one.iterfind("i[@data-light]")} for one in self._scored()}

    def _scored(self) -> list[html.HtmlElement]:
        return [one for one in self._page.iterfind(".//span[@data-unit]") if one.find("i[@data-of]") is not None]
