"""Takes the markup off a Markdown text, so that its lines read as they are shown; tables stay as they are drawn."""

import re

_HEAD = re.compile(r"^\s{0,3}(?:#{1,6}\s+|(?:>\s?)+|[-*+]\s+(?=[^\s|]))")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_STRONG = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])")


def plain_line(line: str) -> str:
    """Give one line of Markdown (CommonMark) as it is shown: without marks of headings, stress, links and code; '' for a fence or a rule."""
    if _FENCE.match(line) or (_RULE.match(line) and "|" not in line):
        return ""
    text = line
    while (stripped := _HEAD.sub("", text, count=1)) != text:
        text = stripped
    text = _LINK.sub(r"\1", text)
    while (bare := _STRONG.sub(r"\2", text)) != text:
        text = bare
    return _ESCAPED.sub(r"\1", text).rstrip(" #") if line.lstrip().startswith("#") else _ESCAPED.sub(r"\1", text)
