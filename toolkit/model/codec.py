"""Writes the office's books (master list, form, rules) and whatever else is frozen as JSON text, and gives them back typed.

The same value always gives the same text, and a field that stands at its default is left out: a newer program with one more field writes the same.
"""

import hashlib
import json
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from toolkit.model.column_kind import Kind
from toolkit.model.column_kinds import KINDS
from toolkit.model.findings import BY_ID, Code

_T = TypeVar("_T")


def encode(value: object) -> str:
    """Write a value of dataclasses, named tuples, mappings, texts, numbers and days as JSON."""
    return json.dumps(_converter().unstructure(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode(kind: type[_T], text: str) -> _T:
    """Give back a value of a type. Raises cattrs' BaseValidationError for a text that is none."""
    found: _T = _converter().structure(json.loads(text), kind)
    return found


def understood(kind: type[_T], text: str) -> _T | None:
    """Give back a value of a type; None for a text that is none, as one that a later program wrote may be."""
    from cattrs.errors import BaseValidationError

    try:
        return decode(kind, text)
    except (BaseValidationError, ValueError, KeyError, TypeError, ArithmeticError):
        return None


def digest_of(text: str) -> str:
    """Give the SHA-256 of an encoded value's UTF-8 bytes, as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def _converter() -> Any:
    from cattrs.preconf.json import make_converter  # when the first edition is looked at: it takes a twentieth of a second

    made = make_converter(omit_if_default=True)
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    made.register_unstructure_hook_func(_is_kind, lambda kind: kind.name)
    made.register_structure_hook_func(_is_kind, lambda name, _: KINDS[name])
    made.register_unstructure_hook(Code, lambda code: code.text.id)
    made.register_structure_hook(Code, lambda text, _: BY_ID[text])
    return made


def _is_kind(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Kind)
