"""A plugin of mypy: the facts of a finding are held against the sentence of its code; a placeholder that is wrong, missing or too much fails the type check.

Looked at is every call that names a code of the catalogue (`Code.LATE`, or a variable that is only ever set to such codes) with its facts: a dict that is
written out (`{"due": …, "sent": …}`), a variable that is only ever set to such dicts, several of these joined by | or **, or the keyword arguments of a
parameter `**facts`. A variable that is changed after it was set, a parameter and what a call returns are not looked at.
"""

import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from string import Formatter
from typing import TypeVar

from mypy.nodes import ARG_STAR2, ConditionalExpr, DictExpr, Expression, MemberExpr, NameExpr, OpExpr, StrExpr
from mypy.plugin import FunctionContext, MethodContext, Plugin
from mypy.types import Type

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # the catalogue beside this file; mypy holds place 0

from toolkit.checks.finding_subjects import RULED
from toolkit.model.finding_codes import Code
from tools.mypy_assignments import values_of

ALWAYS = frozenset({"title"})  # filled from the finding itself where the facts do not say it
OF_ANY_CODE = frozenset({"together", "cells", RULED})  # several of its sort in one finding, what exactly is ruled on

ROW = frozenset({"table", "key"})
UNSAID = {  # facts that the sentence does not say: the checks and merging read them, or a ruling is known again by them
    Code.STATED: ROW | {"opinion", "meaning", "titles"},
    Code.STATED_UNCLEAR: ROW | {"opinion", "meaning", "titles"},
    Code.WITHDRAWN: ROW | {"field"},
    Code.SMALL_PERCENT: frozenset({"value"}),
    Code.BESIDE: frozenset({"said"}),
}

Context = FunctionContext | MethodContext
T = TypeVar("T")


def placeholders(code: Code) -> frozenset[str]:
    """Give the names that the sentence and the remedy of a code are filled with."""
    texts = (code.text.message, code.text.advice)
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name) - ALWAYS


def codes_of(expression: Expression, context: Context) -> list[Code]:
    """Give the codes that an expression can be, where it names them outright; none for anything else."""
    if isinstance(expression, MemberExpr) and isinstance(expression.expr, NameExpr) and expression.expr.name == "Code":
        code = Code.__members__.get(expression.name)
        return [code] if code else []
    if isinstance(expression, ConditionalExpr):
        return together([codes_of(side, context) for side in (expression.if_expr, expression.else_expr)])
    if isinstance(expression, NameExpr):
        return together([codes_of(value, context) for value in values_of(expression, context)])
    return []


def together(found: list[list[T]]) -> list[T]:
    """Join what each alternative can be; nothing where one of them is not known."""
    return [value for values in found for value in values] if all(found) else []


def keys_of(facts: Expression, context: Context) -> list[frozenset[str]]:
    """Give the keys that facts can have, one set for each way they are written; none where they are not written out."""
    if isinstance(facts, NameExpr):
        return together([keys_of(value, context) for value in values_of(facts, context)])
    if isinstance(facts, OpExpr) and facts.op == "|":
        return joined([keys_of(side, context) for side in (facts.left, facts.right)])
    if isinstance(facts, DictExpr):
        return joined([[frozenset({key.value})] if isinstance(key, StrExpr) else [] if key else keys_of(value, context) for key, value in facts.items])
    return []


def joined(parts: list[list[frozenset[str]]]) -> list[frozenset[str]]:
    """Give every way in which facts that are put together from parts can come out; none where a part is not written out."""
    return [frozenset().union(*keys) for keys in product(*parts)]


def written_facts(context: Context) -> list[frozenset[str]]:
    """Give the keys of the facts that a call is given, one set for each way they are written; none where it is given none, or they are not written out."""
    rows = zip(context.callee_arg_names, context.arg_names, context.arg_kinds, context.args, strict=True)
    for name, names, kinds, arguments in rows:
        if name == "facts" and names and (names[0] not in {None, "facts"} or kinds[0] == ARG_STAR2):
            given = zip(names, kinds, arguments, strict=True)
            return joined([keys_of(value, context) if kind == ARG_STAR2 else [frozenset({key or ""})] for key, kind, value in given])
        if arguments and (isinstance(arguments[0], DictExpr) or name == "facts"):
            return keys_of(arguments[0], context)
    return []


def check(context: Context) -> Type:
    """Report where facts and sentence differ; the type of the call stays as it is."""
    arguments = [(name, argument) for name, given in zip(context.callee_arg_names, context.args, strict=True) for argument in given]
    codes = next((codes for name, argument in arguments if not isinstance(argument, NameExpr) or name == "code" if (codes := codes_of(argument, context))), [])
    for code, facts in product(codes, written_facts(context) if codes else []):
        wrong = (placeholders(code) - facts) | (facts - placeholders(code) - ALWAYS - OF_ANY_CODE - UNSAID.get(code, frozenset()))
        if wrong:
            context.api.fail(f"Facts of Code.{code.name} do not fill its sentence: {', '.join(sorted(wrong))}", context.context)
    return context.default_return_type


class FindingFacts(Plugin):
    """Looks at the calls of the toolkit's own functions, methods and classes."""

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Look at functions and classes that are called."""
        return check if fullname.startswith("toolkit.") else None

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Look at methods that are called."""
        return check if fullname.startswith("toolkit.") else None


def plugin(_version: str) -> type[Plugin]:
    """Give mypy the plugin's class."""
    return FindingFacts
