"""Writes toolkit/resources/looks.json: how the examples in the templates that the project ships look, by the templates' digests."""

import json
from dataclasses import fields
from pathlib import Path

from toolkit.edges.inbox import digest_of
from toolkit.edges.templates.read_styles import Examples, read_examples
from toolkit.model.cell_style import CellStyle

_ROOT = Path(__file__).parents[1]
TARGET = _ROOT / "toolkit" / "resources" / "looks.json"


def looks_text() -> str:
    """Give the whole file; a definition is a workbook with a sheet 样式."""
    found = {}
    for path in sorted((_ROOT / "templates").glob("*.xlsx")):
        examples = read_examples(path)
        if isinstance(examples, Examples) and examples.named:
            found[digest_of(path.read_bytes())] = [{name: _set(look) for name, look in looks.items()} for looks in examples]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _set(look: CellStyle) -> dict[str, object]:
    """Give the fields of a look that are not at their defaults."""
    return {field.name: value for field in fields(look) if (value := getattr(look, field.name)) != field.default}


if __name__ == "__main__":
    TARGET.write_text(looks_text(), "utf-8")
