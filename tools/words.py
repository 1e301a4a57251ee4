"""The words of the program: every Chinese text that it may show, found in its code, and which of them the words spreadsheet does not have.

python -m tools.words --missing    lists what has no English yet, and what the page's templates do not mark
python -m tools.words --dead       lists rows of the spreadsheet whose text is in the code no more
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import nodes
from jinja2.ext import GETTEXT_FUNCTIONS

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import LANGUAGES, RULES, WORDS, starter_templates
from toolkit.model.words import CONTEXT, SOURCE, is_chinese
from toolkit.page.page_answers import environment
from toolkit.page.page_words import PAGE, script_sentences, sentence_of
from tools.language_words import word_rows

INTERNAL = Path(__file__).with_name("words_internal.txt")
_NO_FORMS = frozenset({RULES, WORDS, LANGUAGES})
ROOT = Path(__file__).resolve().parent.parent
_PACKAGE = ROOT / "toolkit"
_CHINESE = re.compile(r"[㐀-鿿]")
_SILENT = ("notice", "rehearsal", "resources", "edges/writing/fast")  # show nothing of their own
_SPEAKING = frozenset(  # modules of the importer with sentences of their own: reasons of doubts, notes of tasks, how a unit is like another
    f"notice/{name}.py"
    for name in (
        *("notice_tasks", "parallel_lists", "read_notice", "report_schedule", "revise_list", "shared_responsibilities", "task_tables", "unit_register"),
    )
)


class Source(NamedTuple):
    """A text in the code that may be shown: with {1}, {2} … where values go, and the file it stands in."""

    text: str
    file: str


def sources() -> Iterator[Source]:
    """Go through the texts of the program, file by file, in their order."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        name = path.relative_to(_PACKAGE).as_posix()
        if not name.startswith(_SILENT) or name in _SPEAKING:
            yield from (Source(text, name) for text in texts_of(path.read_text("utf-8")))
    for path in sorted((_PACKAGE / "resources" / "board").glob("*.html")):
        found = _outside(environment(SOURCE).parse(path.read_text("utf-8")))
        yield from (Source(text, path.name) for node in found if isinstance(node, nodes.Const) for text in _texts_in(node))
    for path in _page_templates():
        yield from (Source(text, f"page/{path.name}") for text in template_sentences(path.read_text("utf-8")))
    yield from (Source(text, "page/page.js") for text in script_sentences((_PACKAGE / "page" / "static" / "page.js").read_text("utf-8")))


def _page_templates() -> list[Path]:
    return sorted((_PACKAGE / "page" / "templates").glob("*.html"))


def template_sentences(source: str) -> list[str]:
    """List the Chinese texts that a template of the page marks with trans or _(), as they stand in the catalogue."""
    found = (said if isinstance(said, str) else said[0] for _, _, said in environment(SOURCE).extract_translations(source))  # type: ignore[attr-defined]
    return [sentence_of(message) for message in dict.fromkeys(found) if _CHINESE.search(message)]


def unmarked() -> list[Source]:
    """List the Chinese texts of the page's templates that are shown and not marked, so that nothing could translate them."""
    return [Source(text, f"page/{path.name}") for path in _page_templates() for text in unmarked_texts(path.read_text("utf-8"))]


def unmarked_texts(source: str) -> list[str]:
    """List the Chinese texts of a template outside trans and _(), Chinese marks between its tags too; what a value is compared with is not shown."""
    return [text for node in _outside(environment(SOURCE).parse(source)) for text in _texts_in(node)]


def _outside(node: nodes.Node) -> Iterator[nodes.TemplateData | nodes.Const]:
    """Go through the texts of a template that stand outside trans and _(), but for what a value is compared with."""
    if isinstance(node, nodes.TemplateData | nodes.Const):
        yield node
    elif not isinstance(node, nodes.Compare):
        is_marked = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT_FUNCTIONS
        for child in node.iter_child_nodes(only=["kwargs"] if is_marked else None):
            yield from _outside(child)


def _texts_in(node: nodes.TemplateData | nodes.Const) -> Iterator[str]:
    if isinstance(node, nodes.TemplateData):
        if is_chinese(node.data):
            yield node.data.strip(" \n")
    elif isinstance(node.value, str):
        yield from _chinese(node.value)


def texts_of(code: str) -> Iterator[str]:
    """Give the Chinese texts of a module: constants and f-strings, not docstrings and regular expressions."""
    yield from _texts(ast.parse(code))


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield from _chinese(_pattern(node))
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                yield from _texts(value)
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield from _chinese(node.value)
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("re.", "lazy_pattern")):
        return
    docstring = _docstring(node)
    for child in ast.iter_child_nodes(node):
        if child is not docstring:
            yield from _texts(child)


def _docstring(node: ast.AST) -> ast.AST | None:
    """Give the statement that is a docstring; a command's is its help, and counts."""
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or not node.body:
        return None
    first = node.body[0]
    return first if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and not _is_help(node) else None


def _is_help(node: ast.AST) -> bool:
    text = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
    return bool(text and _CHINESE.match(text))


def _pattern(node: ast.JoinedStr) -> str:
    number, parts = 0, []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        else:
            number += 1
            parts.append(f"{{{number}}}")
    return "".join(parts)


def _chinese(text: str) -> Iterator[str]:
    if _CHINESE.search(text):
        yield text


def internal_words() -> frozenset[str]:
    """Give the Chinese words of the code that nobody is shown: looks, patterns to read by, names of files and columns of the office's own books."""
    return frozenset(line.replace("\\n", "\n") for line in INTERNAL.read_text("utf-8").splitlines() if line)


def known_words() -> dict[str, str]:
    """Give the English of each text, without the sheet before it where it holds on one only."""
    return {row.chinese: row.english for row in word_rows()}


def missing() -> list[Source]:
    """List the texts of the program, and of the templates that come with it, that have no English and are not internal."""
    known, internal = known_words(), internal_words()
    found: dict[str, Source] = {}
    for source in (*sources(), *template_texts()):
        own = known.get(f"{PAGE}{CONTEXT}{source.text}") if source.file.startswith(("page/", "flows/page/")) else ""
        if not (known.get(source.text) or own) and source.text not in internal:
            found.setdefault(source.text, source)
    return list(found.values())


def dead() -> list[str]:
    """List the texts with English that stand neither in the code nor in a template any more."""
    alive = {source.text for source in (*sources(), *template_texts())}
    return [text for text in known_words() if not {text, text.rpartition(CONTEXT)[2], text.removeprefix(f"{PAGE}{CONTEXT}")} & alive]


def template_texts() -> Iterator[Source]:
    """Go through what the shipped form definitions and rules show: titles, hints, notes, choices, meanings."""
    for path in starter_templates():
        form = load_form(path)[0] if path.suffix == ".xlsx" and path.name not in _NO_FORMS else None
        if form is not None:
            fields = [field for table in form.tables for field in table.fields]
            texts = [form.name, form.title, *form.notes, *form.sign_off, *(table.sheet for table in form.tables)]
            texts += [text for field in fields for text in (field.title, field.hint, *field.limits.choices)]
            yield from (Source(text, path.name) for text in texts if _CHINESE.search(text))
    rules = load_rules(next(path for path in starter_templates() if path.name == RULES), None)[0]
    if rules is not None:
        texts = [text for parameter in rules.parameters for text in (parameter.name, parameter.note)]
        texts += [text for light in rules.lights for text in (light.name, light.meaning, light.meaning.partition("，")[0])]
        yield from (Source(text, RULES) for text in texts if _CHINESE.search(text))


def main() -> int:
    """Print what is missing, not marked or dead; 1 where there is anything."""
    parser = argparse.ArgumentParser(description="Which texts of the program have no English, and which English has no text any more.")
    parser.add_argument("--missing", action="store_true", help="texts without English, as lines for words_en.tsv; texts of the page that are not marked")
    parser.add_argument("--dead", action="store_true", help="rows whose text is gone")
    asked = parser.parse_args()
    lines = [f"{area_of(source.file)}\t{escaped(source.text)}\t" for source in missing()] if asked.missing or not asked.dead else []
    lines += [f"unmarked in {source.file}\t{escaped(source.text)}" for source in unmarked()] if asked.missing or not asked.dead else []
    lines += [f"gone\t{escaped(text)}" for text in dead()] if asked.dead else []
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if lines else 0


def area_of(file: str) -> str:
    """Say on which sheet a file's texts belong."""
    starts = {"model/finding_codes": "问题", "views/form": "表单", "views/receipt": "表单", "views/unit": "表单", "views/consolidated": "汇总表"}
    starts |= {"page": PAGE, "flows/page": PAGE, "views": "文书", "cli": "屏幕", "flows": "屏幕"}
    return next((area for start, area in starts.items() if file.startswith(start)), "表单" if "/" not in file else "程序")


def escaped(text: str) -> str:
    """Write a text on one line of words_en.tsv."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


if __name__ == "__main__":
    sys.exit(main())
