"""Leads that a notice marks with a sign (标*的为牵头单位): the sign is written out before anything else is read."""

import re
from dataclasses import replace

from toolkit.model.document import Document, Paragraph, Table
from toolkit.model.lazy_pattern import lazy_pattern

_RULE = lazy_pattern(
    r"(?:标|加|带|注|打|划)(?:有|注|记)?\s*[“\"（(]?(?P<sign>[*＊★☆△▲#＃※●◆])[”\"）)]?\s*号?(?:标志|标记|符号)?(?:的|者)?(?:责任)?(?:单位|部门)?\s*(?:均|都)?(?:为|是|系)(?:该项)?(?:任务|工作)?的?(?:总)?牵头"
)
_NAME = r"(?<=[\u4e00-\u9fff）)])"
_END = r"(?=\s*(?:[、，,；;。.）)】\n]|$|\s))"


def with_marked_leads(document: Document) -> Document:
    """Write （牵头） behind each name that has the sign of the rule; a notice without such a rule stays as it is."""
    signs = {match["sign"] for text in _texts(document) for match in _RULE.finditer(text)}
    if not signs:
        return document
    behind = re.compile(rf"{_NAME}\s*[{re.escape(''.join(sorted(signs)))}]{_END}")
    before = re.compile(rf"(?P<head>^|[、，,；;：:（(\s])[{re.escape(''.join(sorted(signs)))}]\s*(?P<name>[\u4e00-\u9fff]{{3,20}}){_END}")

    def written(text: str) -> str:
        if _RULE.search(text):
            return text
        return before.sub(r"\g<head>\g<name>（牵头）", behind.sub("（牵头）", text))

    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        if isinstance(block, Table):
            blocks.append(replace(block, rows=tuple(tuple(replace(cell, text=written(cell.text)) for cell in row) for row in block.rows)))
        else:
            blocks.append(replace(block, text=written(block.text)))
    return Document(document.name, tuple(blocks))


def _texts(document: Document) -> list[str]:
    return [
        text for block in document.blocks for text in ([cell.text for row in block.rows for cell in row] if isinstance(block, Table) else [block.text])
    ]
