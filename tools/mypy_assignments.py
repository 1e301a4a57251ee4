"""What the variables of a module are set to, for the plugin of mypy: read from the module's tree, every assignment of a variable wherever it stands."""

from collections.abc import Iterator
from typing import Any

from mypy.nodes import (
    AssignmentStmt,
    Block,
    Expression,
    ForStmt,
    FuncDef,
    IndexExpr,
    NameExpr,
    Node,
    OperatorAssignmentStmt,
    OverloadedFuncDef,
    Statement,
    TupleExpr,
    WithStmt,
)  # fmt: skip
from mypy.traverser import all_name_and_member_expressions


def values_of(variable: NameExpr, context: Any) -> list[Expression]:
    """Give every expression that a variable is set to, in order; none where it is a parameter, is changed, follows from itself or is not set plainly."""
    found: list[Expression] = []
    for target, value in assignments(context.api.tree.defs):
        if isinstance(target, NameExpr) and target.node is not None and target.node is variable.node:
            if value is None or isinstance(value, NameExpr) or names(value, variable):
                return []
            found.append(value)
    return found


def names(value: Expression, variable: NameExpr) -> bool:
    """Whether an expression names a variable."""
    return any(name.node is variable.node for name in all_name_and_member_expressions(value)[0])


def assignments(statements: list[Statement]) -> Iterator[tuple[Node, Expression | None]]:
    """Give (what is set, to what) of all statements and those in them; None for what is changed or set by a loop, a with or by unpacking."""
    for statement in statements:
        yield from own_assignments(statement)
        yield from (pair for block in blocks_in(statement) for pair in assignments(block.body))


def own_assignments(statement: Statement) -> Iterator[tuple[Node, Expression | None]]:
    """Give what a statement itself sets."""
    if isinstance(statement, AssignmentStmt):
        for target in statement.lvalues:
            yield from pairs(target, statement.rvalue)
    elif isinstance(statement, OperatorAssignmentStmt):
        yield from pairs(statement.lvalue, None)
    elif isinstance(statement, ForStmt):
        yield from pairs(statement.index, None)
    elif isinstance(statement, WithStmt):
        yield from (pair for target in statement.target if target is not None for pair in pairs(target, None))


def pairs(target: Expression, value: Expression | None) -> Iterator[tuple[Node, Expression | None]]:
    """Put targets beside their values: a, b = 1, 2; what is set item by item is a change of the whole."""
    if isinstance(target, TupleExpr):
        same = isinstance(value, TupleExpr) and len(value.items) == len(target.items)
        for at, item in enumerate(target.items):
            yield from pairs(item, value.items[at] if same and isinstance(value, TupleExpr) else None)
    elif isinstance(target, IndexExpr):
        yield target.base, None
    else:
        yield target, value


def blocks_in(statement: Statement) -> list[Block]:
    """Give the blocks of statements in a statement."""
    if isinstance(statement, OverloadedFuncDef):
        return [block for item in statement.items for block in blocks_in(item)]
    held: list[Any] = []
    for name in ("func", "body", "defs", "handlers", "else_body", "finally_body"):
        part = getattr(statement, name, None)
        held += part if isinstance(part, list) else [part.body if isinstance(part, FuncDef) else part]
    return [block for block in held if isinstance(block, Block)]
