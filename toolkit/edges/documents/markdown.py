"""Takes the markup off a Markdown text, so that its lines read as they are shown; tables stay as they are drawn."""

from toolkit.model.lazy_pattern import lazy_pattern

_HEAD = lazy_pattern(r"^\s{0,3}(?:#{1,6}\s+|(?:>\s?)+|[-*+]\s+(?=[^\s|]))")
_RULE = lazy_pattern(r"^\s*(?:[-*_]\s*){3,}$")
_FENCE = lazy_pattern(r"^\s*(?:```|~~~)")
_LINK = lazy_pattern(r"!?\[([^\]]*)\]\([^)]*\)")
_STRONG = lazy_pattern(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = lazy_pattern(r"\\([\\`*_{}\[\]()#+.!>~-])")


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
