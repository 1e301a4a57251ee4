"""Writes the pages of the manual that are made from the program itself: docs/问题代码.md and docs/检查.md."""

import sys
import tempfile
from pathlib import Path

from tests.checks.year import play, table
from toolkit.model.findings import Code

SCOPES = {
    "F": "文件",
    "S": "封签和身份",
    "T": "表格",
    "C": "单元格",
    "R": "一行之内",
    "W": "整份表",
    "Q": "全期",
    "D": "任务总表、表单和考核规则",
    "P": "文书",
    "M": "邮件",
}
LEVELS = (
    "错误：这一格没有采用，保留原来的值，要退回改。待核：采用了，请核对。提示：采用了，只是告知。",
    "R、W、Q 各条的启用、试行、停用在 templates/考核规则.xlsx 的“检查”表里定；个别单位不适用的，在“豁免”表里写明原因和截止日期。",
    "句子里花括号处，显示时换成当时看到的内容。本表由程序生成，不要手改。",
)


def catalogue() -> str:
    """Write every finding: code, level, sentence, remedy, by scope."""
    lines = ["# 问题代码", "", *(f"{sentence}\n" for sentence in LEVELS)]
    for letter, scope in SCOPES.items():
        lines += [f"## {letter} {scope}", "", "| 代码 | 级别 | 问题 | 怎么办 |", "|---|---|---|---|"]
        codes = sorted((code.text for code in Code if code.text.id.startswith(letter)), key=lambda text: text.id)
        lines += [f"| {text.id} | {text.level} | {text.message} | {text.advice} |" for text in codes]
        lines.append("")
    return "\n".join(lines)


def main(folder: Path) -> None:
    """Write both pages into a folder."""
    (folder / "问题代码.md").write_text(catalogue(), "utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        (folder / "检查.md").write_text(table(play(Path(scratch))), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
