"""The table of spoiled returns as a document: made from what collect said of each, kept in docs."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from filelock import FileLock

from tests.spoiled.office import Kind, Round, files_under
from toolkit.model.returns import Arrival

PATH = Path(__file__).parents[2] / "docs" / "退回来的表.md"
HEAD = """# 退回来的表

表发下去，回来时什么样都有。下面每一种都由测试真的做出文件来（不少是 LibreOffice 存的），放进收件箱，再照常收表：
每个文件只有一个去向，进了台账的值都和填的一样；认不准的不进，并说明原因。这张表由 `tests/spoiled` 生成，不手改
（`python run.py test --update-golden` 重写）。
"""
_SECTION = "\n## {title}\n\n{rows}\n"
_TOP = "| 编号 | 怎么坏的 | 结果 | 说的话 |\n|---|---|---|---|"


def rows_of(kinds: Sequence[Kind], round_: Round, prefix: str) -> str:
    """Write one line a kind; several files of a kind stand below each other in their cells."""
    lines = [_TOP]
    for at, kind in enumerate(kinds):
        found = files_under(round_, at)
        several = len(found) > 1
        ends = "<br>".join(f"{name}：{one.outcome.words}" if several else one.outcome.words for name, one in found.items())
        words = "<br>".join(dict.fromkeys(words for one in found.values() for words in _words(one)))
        lines.append(f"| {prefix}{at + 1:02d} | {_plain(kind.words)} | {_plain(ends)} | {_plain(words) or '—'} |")
    return "\n".join(lines)


def section(title: str) -> str:
    """Give the part of the document under a heading, '' where there is none."""
    text = PATH.read_text("utf-8") if PATH.exists() else ""
    found = re.search(rf"(?ms)^## {re.escape(title)}\n\n(.*?)\n(?=\n## |\Z)", text)
    return found[1] if found else ""


def rewrite(title: str, rows: str, *, first: bool) -> None:
    """Put a part into the document; the other part stays."""
    with FileLock(f"{PATH}.lock"):
        kept = [(name, section(name)) for name in _titles() if name != title]
        parts = [(title, rows), *kept] if first else [*kept, (title, rows)]
        PATH.write_text(HEAD + "".join(_SECTION.format(title=name, rows=text) for name, text in parts), "utf-8")
    Path(f"{PATH}.lock").unlink(missing_ok=True)


def _titles() -> list[str]:
    return re.findall(r"(?m)^## (.+)$", PATH.read_text("utf-8")) if PATH.exists() else []


def _words(arrival: Arrival) -> Iterator[str]:
    """Give the sentences of a file, each with its cell; those that differ in the cell only are said once."""
    said: dict[str, list[str]] = {}
    for finding in arrival.findings:
        said.setdefault(finding.message, []).extend([finding.place.cell] if finding.place.cell else [])
    for message, cells in said.items():
        yield f"{'、'.join(cells)}：{message}" if cells else message


def _plain(text: str) -> str:
    """Write a text for a cell of the document."""
    text = "".join(sign if sign.isprintable() else " " for sign in text.replace("\n", " "))
    return text.replace("|", "\\|").replace("_x", "\\_x")
