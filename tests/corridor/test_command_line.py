"""The command line speaks Chinese, also of wrong arguments, and ends with the contract's exit codes."""

import json
from pathlib import Path

import pytest

from tests.command import run, run_alone
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.cli.screen import show_table

COMMANDS = (
    "import、generate、collect、status、demo、doctor、consolidate、documents、open、pdf、scorecards、verify、trace、check-page、returns、close、reopen、send、remind、"
    "fetch、watch、export、analyse、compare、backup、restore、erase、move-ledger、bundle、page、new-form、adopt、answer"
)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("foo",), 2, f"没有“foo”这个命令。可用的命令：{COMMANDS}。加 --help 可看用法。"),
        (("generate",), 2, "缺少参数“期间”。加 --help 可看用法。"),
        (("generate", "--x"), 2, "没有“--x”这个选项。加 --help 可看用法。"),
        (("generate", "2023Q1", "--unit"), 2, "“--unit”后面要写内容。加 --help 可看用法。"),
        (("status", "2023Q1", "多余"), 2, "多写了“多余”，这个命令不需要它。加 --help 可看用法。"),
        (("import", "x", "--year", "abc"), 2, "“--year 年份”应写整数。加 --help 可看用法。"),
        (("reopen", "2023Q1"), 2, "缺少参数“--why 理由”。加 --help 可看用法。"),
        (("send", "2023Q1", "--what", "表"), 2, "“--what 内容”只能写 发放、退回、催报、文书、成绩。加 --help 可看用法。"),
        (("returns", "2023Q1", "--assign", "3"), 1, "没有写是哪个单位的。请加 --unit 单位。"),
        (("generate", "2023Q7"), 1, "看不懂期间“2023Q7”。请写 2023（全年，工作方案）或 2023Q1 到 2023Q4（季度进展）。"),
        (("consolidate", "2023Q1"), 1, "还没有任务总表（templates/任务总表.xlsx）。请先运行“import 通知文件”，从通知建立任务总表。"),
    ],
)
def test_wrong_arguments_get_a_sentence_and_a_code(tmp_path: Path, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    """Wrong arguments end with 2, what cannot be done with 1, each with one Chinese sentence and no traceback."""
    assert (code, "", sentence) == run(tmp_path, *arguments)


@pytest.mark.parametrize(("arguments", "code"), [(("foo",), 2), (("consolidate", "2023Q1"), 1), (("collect", "--help"), 0)])
def test_the_process_ends_with_the_code_and_the_words_of_the_command(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    """A command's process ends with its exit code and has said what it says, in Chinese, of whatever kind its end is."""
    assert (code, *run(tmp_path, *arguments)[1:]) == run_alone(tmp_path, *arguments)


def test_help_is_in_chinese(tmp_path: Path) -> None:
    """Help names every command and option without an English sentence."""
    _, text, _ = run(tmp_path, "generate", "--help")

    expected = [
        "用法： run.py generate [选项] {期间}",
        "--unit 单位  只给这个单位生成，可重复",
        "--form 表单  一期有几种表单时只做这一种；也可写成 2023Q1/表单名称",
        "--json     只输出一个 JSON 对象，供其他程序读取",
        "--help     显示这段说明。",
    ]
    assert expected == [line.strip() for line in text.splitlines() if line.strip().startswith(("用法", "--"))]


def test_json_is_the_only_thing_on_standard_output(tmp_path: Path) -> None:
    """Collect, status and consolidate with --json print one object and nothing else; each file has its entry."""
    space = small_workspace(tmp_path)
    cells = filled_row("任务2", lead=False) | filled_row("任务3", progress=130)
    type_into(issue(space) / "东山镇_2023年第一季度进展.xlsx", space.inbox / "来件.xlsx", cells)

    collected, standing = json.loads(run_alone(tmp_path, "collect", "--json")[1]), json.loads(run_alone(tmp_path, "status", "--json")[1])

    assert [("来件.xlsx", "东山镇", str(Q1), "merged with findings")] == [(f["file"], f["unit"], f["period"], f["outcome"]) for f in collected["files"]]
    assert {"code": "C08", "level": "错误", "place": "来件.xlsx!任务进展!K6"}.items() <= collected["files"][0]["findings"][0].items()
    assert {"files": 1, "merged with findings": 1} == collected["totals"]
    assert ("2023Q1", 3, 1, 1) == (standing["period"], standing["issued"], standing["returned"], standing["outcomes"]["merged with findings"])
    assert ["云溪县发改局", "云溪县工信局"] == standing["missing"]

    book = json.loads(run_alone(tmp_path, "consolidate", "2023Q1", "--json")[1])
    assert (3, ["云溪县发改局", "云溪县工信局"], True) == (book["units"], book["missing"], Path(book["path"]).is_file())


def test_a_page_that_listens_hears_of_every_file_and_no_table_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of one that is nobody's; who sits before a terminal sees the table instead."""
    space = small_workspace(tmp_path)
    type_into(issue(space) / "东山镇_2023年第一季度进展.xlsx", space.inbox / "来件.xlsx", filled_row("任务2", lead=False))
    (space.inbox / "照片.xlsx").write_bytes(b"no workbook")
    monkeypatch.setenv("TASK_TOOLKIT_TELLS", "1")

    _, said, told = run_alone(tmp_path, "collect")
    monkeypatch.delenv("TASK_TOOLKIT_TELLS")
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.inbox / "再来.xlsx", filled_row("任务2", lead=False, progress=70))
    _, shown, silent = run_alone(tmp_path, "collect")

    heard = [line[1:].split("\t") for line in told.split("\n") if line.startswith("\x1e")]
    assert ["", "东山镇"] == sorted(unit for unit, _ in heard)
    assert ("收表结果" in said, "│" in said, "收表结果" in shown, "\x1e" in silent) == (False, False, True, False)


def test_a_long_table_shows_its_last_rows_and_says_how_many_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """250 lines of which a hundred are wanted; of a page the second hundred."""
    rows = [(f"第{number}份.xlsx", "某某县" * 10) for number in range(1, 251)]

    show_table("收表结果", ("文件", "单位"), rows, most=100)
    last = capsys.readouterr().out
    show_table("收表结果", ("文件", "单位"), rows, page=2, most=100)
    second = capsys.readouterr().out

    assert ("共 250 行，只列出最后 100 行" in last, "第150份" in last, "第151份" in last, "第250份" in last) == (True, False, True, True)
    assert ("共 250 行，第 2/3 页" in second, "第101份" in second, "第200份" in second, "第201份" in second) == (True, True, True, False)
