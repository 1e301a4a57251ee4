"""Writes the pages that are made from the program itself: docs/问题代码.md, docs/检查.md, docs/栏目.md, docs/怎样读.md, docs/数据字典.md."""

import sys
import tempfile
from pathlib import Path

from tests.checks.year import play, table
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.workspace import RULES, starter_templates
from toolkit.edges.writing.write_documents import NAME
from toolkit.model.column_kinds import show_number
from toolkit.model.column_uses import USES
from toolkit.model.data_table import TABLES
from toolkit.model.findings import Code
from toolkit.model.form import Field, Source
from tools.readings import readings

_USES = {code: use for use, code in USES.items()}
SCOPES = {
    "F": "文件",
    "S": "封签和身份",
    "H": "一个单位分几个文件报；下级和上级",
    "T": "表格",
    "C": "单元格",
    "R": "一行之内",
    "W": "整份表",
    "Q": "全期",
    "D": "任务总表、表单和考核规则",
    "N": "通知",
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


def dictionary() -> str:
    """Write the data dictionary: a section a table, a line a column."""
    lines = ["# 数据字典", "", "`export` 写出的数据表和 `toolkit.data` 给出的表，都是这些栏目；英文名不变。缺的值是空。本表由程序生成，不要手改。", ""]
    for data_table in TABLES:
        lines += [
            f"## {data_table.name}　{data_table.title}",
            "",
            f"一行是{data_table.row}。",
            "",
            "| 栏目 | 名称 | 类型 | 单位 | 含义 | 来源 | 取值（由低到高） | 公开 |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for column in data_table.columns:
            words = (
                column.name,
                column.title,
                column.holds.value,
                column.unit,
                column.meaning,
                column.source,
                "、".join(map(str, column.order)),
                "是" if column.public else "",
            )
            lines.append(f"| {' | '.join(words)} |")
        lines.append("")
    return "\n".join(lines)


def fields() -> str:
    """Write the columns of every form that the program brings: who fills them in, what may stand there."""
    lines = ["# 栏目", "", "随程序来的表单有这些栏目；在 templates 的表单里加一行、改一行，这里就不同了。本表由程序生成，不要手改。", ""]
    for path in sorted(starter_templates()):
        form, _ = load_form(path) if path.name not in {RULES, NAME} and path.suffix == ".xlsx" else (None, ())
        if form is None:
            continue
        scored, papers = "计分" if form.scored else "不计分", "、".join(form.papers) or "随灯而定"
        judged = f"每{form.cycle}一次；灯：{form.light}；{scored}；文书：{papers}；汇总表：{form.book_sheet}；语言：{form.language}。"
        lines += [f"# {form.name}", "", judged, ""]
        for one_table in form.tables:
            lines += [f"## {form.name}：{one_table.sheet}（一行是{one_table.subject}）", ""]
            lines += ["| 表头 | 用途 | 谁填 | 类型 | 必填 | 可以填什么 | 汇总 | 代码 |", "|---|---|---|---|---|---|---|---|"]
            lines += [
                f"| {field.title} | {_USES.get(field.code, '')} | {_filled_by(field)} | {field.kind.name} | {field.required} | {_allowed(field)} "
                f"| {field.total} | {field.code} |"
                for field in one_table.fields
            ]
            lines.append("")
    lines += ["# 用途", "", "“用途”栏可以写的词：" + "、".join(USES) + "。", ""]
    return "\n".join(lines)


def _filled_by(field: Field) -> str:
    return {Source.PREFILLED: "办公室预填", Source.FILLED: "单位", Source.FORMULA: "自动计算"}[field.source]


def _allowed(field: Field) -> str:
    low, high = (show_number(bound) if bound is not None else "" for bound in (field.limits.low, field.limits.high))
    unit = "个字" if field.kind.name == "文本" else ""
    span = f"{low} 到 {high} {unit}" if low and high else f"不多于 {high} {unit}" if high else f"不少于 {low} {unit}" if low else ""
    return "、".join(part for part in ("、".join(field.limits.choices), span.strip()) if part)


def main(folder: Path) -> None:
    """Write every page into a folder."""
    (folder / "栏目.md").write_text(fields(), "utf-8")
    (folder / "怎样读.md").write_text(readings(), "utf-8")
    (folder / "数据字典.md").write_text(dictionary(), "utf-8")
    (folder / "问题代码.md").write_text(catalogue(), "utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        (folder / "检查.md").write_text(table(play(Path(scratch))), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
