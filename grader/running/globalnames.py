"""Which names a statement looks up outside of itself, but for those in annotations, which nothing evaluates."""

from __future__ import annotations

import ast
import copy
import symtable
from collections.abc import Iterator


def used(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module reads there or among the built-in ones."""
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
