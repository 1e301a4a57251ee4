"""What edges/writing/fast leans on inside xlsxwriter: a version that changes one of these parts fails here, by the part's name."""

import ast
import hashlib
import inspect
import io
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from xlsxwriter import __version__
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable
from xlsxwriter.url import Url
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

WRITING = Path(__file__).parents[2] / "toolkit/edges/writing"
CLASSES = (Format, Packager, SharedStrings, SharedStringTable, Url, Workbook, Worksheet, XMLwriter)
# The digest of each part's code (without comments and docstrings) in the version that ours was written against.
PARTS = {
    "Format._get_xf_index": "e89855563f0e",
    "Packager._create_package": "497143856eee",
    "Packager._filename": "f67e7fe1bd29",
    "Packager._write_shared_strings_file": "7dbb6f385d83",
    "SharedStringTable._get_shared_string_index": "bd40ef260fa2",
    "SharedStringTable._sort_string_data": "4df4010608b8",
    "SharedStrings._assemble_xml_file": "ff4bb4e6de80",
    "SharedStrings._write_si": "9eb42578ec50",
    "Url._target": "d0c6da96f39f",
    "Workbook._get_packager": "b7bf00eb2e26",
    "Workbook._store_workbook": "f67c3150fff2",
    "Worksheet._assemble_xml_file": "6276153d4001",
    "Worksheet._check_dimensions": "ec930c8ef674",
    "Worksheet._convert_date_time": "a773dd9ed2ae",
    "Worksheet._prepare_formula": "5ec615b57edc",
    "Worksheet._write_cell": "8e9da3f51b3f",
    "Worksheet._write_hyperlinks": "c4e88b8dd301",
    "Worksheet._write_row": "6eb251ad59a2",
    "Worksheet._write_sheet_data": "8aaa68530495",
    "XMLwriter._escape_attributes": "697fe03d39e0",
    "XMLwriter._escape_control_characters": "fb20b33c3465",
    "XMLwriter._set_xml_writer": "b0eb3b5295f0",
    "XMLwriter._xml_end_tag": "320af43f1c64",
    "XMLwriter._xml_start_tag": "569a3b062dfb",
}
ATTRIBUTES = {
    "SharedStringTable": {"count", "string_array", "string_table", "unique_count"},
    "Workbook": {"str_table"},
    "Worksheet": {"external_hyper_links", "fh", "rel_count", "str_table"},
}


def digest(part: str) -> str:
    """Digest the code of a part, 'Worksheet._write_hyperlinks', whatever its comments say."""
    owner, name = part.split(".")
    method = vars(next(one for one in CLASSES if one.__name__ == owner))[name]
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    plain = re.sub(r"[\s'\"\\]", "", ast.unparse(_bare(tree)))  # quotes and blanks are set otherwise by each Python
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def _bare(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return tree


def private_names(file: Path) -> Iterator[str]:
    """Names that begin with one underscore and are called, read or defined in a file."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        name = node.attr if isinstance(node, ast.Attribute) else node.name if isinstance(node, ast.FunctionDef) else ""
        if re.match(r"_[a-z]", name):
            yield name


@pytest.mark.parametrize("part", PARTS)
def test_this_private_part_is_what_ours_was_written_against(part: str) -> None:
    """A part that reads otherwise in this version is to be read anew before the pin in pyproject.toml is moved."""
    assert PARTS[part] == digest(part), f"xlsxwriter {__version__}: {part} has changed; read it and what edges/writing/fast does in its place"


def test_every_private_part_that_is_used_is_named_here() -> None:
    """A further private name of xlsxwriter in edges/writing/fast has to be entered above."""
    inside = {name for one in CLASSES for name in vars(one)}
    used = {name for file in (WRITING / "fast").glob("*.py") for name in private_names(file)} & inside

    assert set() == used - {part.split(".")[1] for part in PARTS}


def test_only_that_folder_leans_on_the_inside() -> None:
    """The drawing itself keeps to xlsxwriter's public calls."""
    inside = {name for one in CLASSES for name in vars(one)}
    own = {node.name for node in ast.walk(ast.parse((WRITING / "write_workbooks.py").read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}

    assert set() == set(private_names(WRITING / "write_workbooks.py")) & inside - own


def test_the_attributes_that_are_read_are_there() -> None:
    """Books, sheets and lists of texts keep what ours reads and counts in attributes of these names."""
    book = Workbook(io.BytesIO())
    sheet = book.add_worksheet()
    made = {"SharedStringTable": book.str_table, "Workbook": book, "Worksheet": sheet}

    assert {} == {name: lacking for name, wanted in ATTRIBUTES.items() if (lacking := wanted - set(vars(made[name])))}
