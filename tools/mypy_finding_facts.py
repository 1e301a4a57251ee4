"""A plugin of mypy: the facts of a finding are held against the sentence of its code; a placeholder that is wrong, missing or too much fails the type check.

Looked at is every call that names a code of the catalogue (`Code.LATE`) and writes out its facts, as a dict (`{"due": …, "sent": …}`) or as the keyword
arguments of a parameter `**facts`. What is spread in with ** and facts that are made elsewhere (a variable) are not looked at.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from string import Formatter

from mypy.nodes import DictExpr, Expression, MemberExpr, NameExpr, StrExpr
from mypy.plugin import FunctionContext, MethodContext, Plugin
from mypy.types import Type

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # the catalogue beside this file; mypy holds place 0

from toolkit.checks.finding_subjects import RULED
from toolkit.model.finding_codes import Code

ALWAYS = frozenset({"title"})  # filled from the finding itself where the facts do not say it
BESIDE = frozenset({"together", "cells", RULED})  # of any code: several of its sort in one finding, what exactly is ruled on


def placeholders(code: Code) -> frozenset[str]:
    """Give the names that the sentence and the remedy of a code are filled with."""
    texts = (code.text.message, code.text.advice)
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name) - ALWAYS


def code_of(expression: Expression) -> Code | None:
    """Give the code that an expression names outright; None for a variable and anything else."""
    if isinstance(expression, MemberExpr) and isinstance(expression.expr, NameExpr) and expression.expr.name == "Code":
        return Code.__members__.get(expression.name)
    return None


def keys_of(facts: DictExpr) -> frozenset[str] | None:
    """Give the keys that are written out; None where another mapping is spread among them."""
    keys = [key.value if isinstance(key, StrExpr) else None for key, _ in facts.items]
    return None if None in keys else frozenset(key for key in keys if key is not None)


def written_facts(context: FunctionContext | MethodContext) -> frozenset[str] | None:
    """Give the keys of the facts that a call writes out; None where it writes out none, or not all of them."""
    for name, names, arguments in zip(context.callee_arg_names, context.arg_names, context.args, strict=True):
        if name == "facts" and names and names[0] not in {None, "facts"}:
            return frozenset(key for key in names if key is not None)
        if arguments and isinstance(arguments[0], DictExpr):
            return keys_of(arguments[0])
    return None


def check(context: FunctionContext | MethodContext) -> Type:
    """Report where facts and sentence differ; the type of the call stays as it is."""
    code = next((code for arguments in context.args for argument in arguments if (code := code_of(argument))), None)
    facts = written_facts(context)
    if code is not None and facts is not None:
        wrong = (placeholders(code) - facts) | (facts - placeholders(code) - ALWAYS - BESIDE)
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
