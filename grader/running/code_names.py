"""Names in code, read off its source: which a statement binds, which it uses, and what they lead to."""

from __future__ import annotations

import ast
import copy
import symtable
from collections.abc import Callable, Iterable, Iterator


def bound(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement of a module gives a value there."""
    return frozenset(name for name, _module in bindings(statement))


def bindings(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    """The names that a statement of a module gives a value there, each with the module that it is imported from, else ''."""
    inner = [] if isinstance(statement, _DEFINITIONS) else list(ast.walk(statement))
    # The variable of a loop in brackets ends with it.
    passing = {part for node in inner if isinstance(node, ast.comprehension) for part in ast.walk(node.target)}
    for node in (statement, *(node for node in inner if node not in passing)):
        if isinstance(node, _DEFINITIONS):
            yield node.name, ""
        elif isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name.partition(".")[0], alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.asname or alias.name, node.module or "") for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, ""


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def reached(names: Iterable[str], leads_to: Callable[[str], Iterable[str]]) -> set[str]:
    """The names, those that each of them leads to, and so on."""
    found = set(names)
    left = list(found)
    while left:
        new = {*leads_to(left.pop())} - found
        found |= new
        left += new
    return found


def used(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module reads there or among the built-in ones, but for those in annotations."""
    if isinstance(statement, ast.Assign) and not any(isinstance(node, _SCOPES) for node in ast.walk(statement)):
        yield from (node.id for node in ast.walk(statement) if isinstance(node, ast.Name))
        return
    tree = _Unannotated().visit(ast.fix_missing_locations(copy.deepcopy(statement)))
    tables = [symtable.symtable(ast.unparse(tree), "<source>", "exec")]
    top = tables[0]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        yield from (one.get_name() for one in table.get_symbols() if table is top or one.is_global())


# What has names of its own.
_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _Unannotated(ast.NodeTransformer):
    """The same code without annotations."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        self.generic_visit(node)
        return ast.copy_location(ast.Assign([node.target], node.value or ast.Constant(None), lineno=node.lineno), node)
