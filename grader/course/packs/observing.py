"""What a function that observes says: its f-strings become sentences with gaps, so that they can be said in any language."""

from __future__ import annotations

import ast
from types import CodeType

from ...words.sentence import in_english

# The name under which the compiled code finds what makes a sentence.
_MAKER = "__sentence__"
MAKERS = {_MAKER: in_english}


def sentence_of(text: ast.JoinedStr) -> str:
    """The sentence that an f-string is, with the names of its gaps: its id in the catalogues."""
    return "".join(
        f"{{{_name(part, place)}}}" if isinstance(part, ast.FormattedValue) else ast.literal_eval(part)
        for place, part in enumerate(text.values)
    )


def compiled(source: str, file: str) -> CodeType:
    """The code of a module; its f-strings of several words are sentences when they are made. It needs MAKERS among its names."""
    tree = _Sentences().visit(ast.parse(source))
    return compile(ast.fix_missing_locations(tree), file, "exec")


class _Sentences(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        sentence = sentence_of(node)
        if " " not in sentence:
            return node
        gaps = {
            _name(part, place): ast.JoinedStr([part])
            for place, part in enumerate(node.values)
            if isinstance(part, ast.FormattedValue)
        }
        named = [ast.keyword(name, text) for name, text in gaps.items()]
        maker = ast.Name(_MAKER, ast.Load())
        return ast.copy_location(ast.Call(maker, [ast.Constant(sentence)], named), node)


def _name(part: ast.FormattedValue, place: int) -> str:
    return part.value.id if isinstance(part.value, ast.Name) else f"part{place}"
