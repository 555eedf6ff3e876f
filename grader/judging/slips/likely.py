"""Common slips: a misplaced line, an off-by-one bound, brackets, two names for one array."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise, permutations

from .edits import Edit, Tree

_BLOCKS = (ast.For, ast.While, ast.If, ast.With)
_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr)
_BINDS = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.FloorDiv: 2, ast.MatMult: 2, ast.Mod: 2, ast.Pow: 3}


def built_otherwise(tree: Tree) -> Iterator[Edit]:
    """Edits of how the function is built: of what its names stand for, and where its lines stand."""
    yield from _moved_ranges(tree)
    yield from _shared_arrays(tree)
    yield from _exchanged_values(tree)
    yield from _exchanged_lines(tree)
    yield from _unused_argument(tree)
    yield from _thrown_away(tree)
    yield from _whole_array(tree)
    # A line that does nothing any more where it is moved to is one too many.
    yield from _line_too_many(tree)
    yield from _other_depth(tree)


def likely_slips(tree: Tree) -> Iterator[Edit]:
    """Edits of the order of lines, of ends and of brackets."""
    yield from _ends(tree)
    yield from _slices(tree)
    yield from _brackets(tree)
    yield from _other_order(tree)


# ---- names that share an array


def _shared_arrays(tree: Tree) -> Iterator[Edit]:
    """`plus = theta`, and then something is written into `plus`, or into `theta`."""
    written = {name for node in tree.of(ast.Assign, ast.AugAssign) for name in _written_into(node)}
    pairs = [
        node
        for node in tree.of(ast.Assign)
        if isinstance(node.value, ast.Name) and all(isinstance(target, ast.Name) for target in node.targets)
    ]
    shared = [node for node in pairs if {node.value.id, *(t.id for t in node.targets)} & written]
    for whole, kind in ((False, "shared array"), (True, "shared array of whole numbers")):
        edits = [(node, _copied(node.value, whole)) for node in shared]
        for node, new in edits:
            yield Edit(kind, node, _both(node), (tree.replaced(node.value, new),))
        if len(edits) > 1:
            sets = tuple(tree.replaced(node.value, new) for node, new in edits)
            # Two names for a third array, and each is written into: that is never meant.
            twice = len({_both(node)[1] for node, _new in edits}) == 1 and {_both(n)[0] for n, _new in edits} <= written
            yield Edit(kind, edits[0][0], _both(edits[0][0]), sets, certain=twice and not whole)
    first = tree.function.body[0]
    for name in written & {one.arg for one in tree.function.args.args}:
        if not any(isinstance(n, ast.Assign) and name in (getattr(t, "id", "") for t in n.targets) for n in tree.nodes):
            copied = ast.Assign([ast.Name(name, ast.Store())], _copied(ast.Name(name, ast.Load()), whole=False))
            at = next(n for n in tree.of(ast.Assign, ast.AugAssign) if name in _written_into(n))
            yield Edit("argument written into", at, (name,), (tree.replaced(first, [copied, first]),))


def _both(node: ast.Assign) -> tuple[str, str]:
    target, value = node.targets[-1], node.value
    return getattr(target, "id", ""), getattr(value, "id", "")


def _copied(value: ast.expr, whole: bool) -> ast.Call:
    keywords = [ast.keyword("dtype", ast.Name("float", ast.Load()))] if whole else []
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "array", ast.Load()), [value], keywords)


def _written_into(node: ast.Assign | ast.AugAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        into = isinstance(node, ast.AugAssign)
        while isinstance(target, ast.Subscript):
            target, into = target.value, True
        if into and isinstance(target, ast.Name):
            yield target.id


# ---- values in another order, arguments that are not used


def _exchanged_values(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=[one, other]) as names], value=ast.Call(func=called)):
                new = ast.Tuple([other, one], ast.Store())
                about = (tree.quote(one), tree.quote(other), tree.quote(called))
                yield Edit("taken in another order", node, about, (tree.replaced(names, new),))
    for node in tree.of(ast.Return):
        match node.value:
            case ast.Tuple(elts=parts) if 2 <= len(parts) <= 3:
                for order in list(permutations(parts))[1:]:
                    new = ast.Tuple(list(order), ast.Load())
                    yield Edit("returned in another order", node, (), (tree.replaced(node.value, new),))


def _exchanged_lines(tree: Tree) -> Iterator[Edit]:
    """Two neighbours that give two names each other's values, as the height the width's.

    Where one of the two is taken from the other, or divided by it, that may be what is turned.
    """
    turned = {
        frozenset({node.left.id, node.right.id})
        for node in tree.of(ast.BinOp)
        if isinstance(node.op, (ast.Sub, ast.Div))
        and isinstance(node.left, ast.Name)
        and isinstance(node.right, ast.Name)
    }
    for block in [tree.function, *tree.of(*_BLOCKS)]:
        for one, other in pairwise(block.body):
            match one, other:
                case ast.Assign(targets=[ast.Name(id=first)]), ast.Assign(targets=[ast.Name(id=second)]) if (
                    first != second and {first, second} not in turned
                ):
                    sets = ((one, "value", other.value), (other, "value", one.value))
                    yield Edit("lines exchanged", one, (first, second, str(other.lineno)), sets)


def _unused_argument(tree: Tree) -> Iterator[Edit]:
    """A number, or another name, where an argument belongs that is used nowhere."""
    read = {node.id for node in tree.of(ast.Name)}
    arguments = tree.function.args
    unused = [one.arg for one in (*arguments.args, *arguments.kwonlyargs) if one.arg not in read]
    numbers = [
        n for n in tree.of(ast.Constant) if type(n.value) in (int, float) and tree.around(n, ast.arguments) is None
    ]
    for name in unused:
        for value in dict.fromkeys(n.value for n in numbers):
            same = [n for n in numbers if n.value == value and type(n.value) is type(value)]
            edits = [tree.replaced(n, ast.Name(name, ast.Load())) for n in same]
            if len({(id(parent), field) for parent, field, _new in edits}) == len(edits):
                yield Edit("argument not used", same[0], (name, f"{value:g}"), tuple(edits))


# ---- values that are kept nowhere, or in the wrong place


def _thrown_away(tree: Tree) -> Iterator[Edit]:
    """A call that returns something new, as `np.clip(x, 0, 1)` does, and stands alone."""
    for node in tree.of(ast.Expr):
        match node.value:
            case ast.Call(func=called, args=args) as call:
                owner = [called.value] if isinstance(called, ast.Attribute) else []
                names = [one.id for one in (*owner, *args) if isinstance(one, ast.Name) and one.id != "np"]
                for name in dict.fromkeys(names):
                    new = ast.Assign([ast.Name(name, ast.Store())], call)
                    yield Edit("thrown away", node, (tree.quote(called),), (tree.replaced(node, new),))


def _whole_array(tree: Tree) -> Iterator[Edit]:
    """`Z = ...` in loops over the entries of Z, which was an array before them."""
    arrays = {
        target.id
        for step in tree.of(ast.Assign)
        for target in step.targets
        if isinstance(target, ast.Name) and isinstance(step.value, ast.Call) and tree.around(step, ast.For) is None
    }
    for step in tree.of(ast.Assign):
        match step.targets:
            case [ast.Name(id=name) as target] if name in arrays:
                counters: list[ast.expr] = []
                loop = tree.around(step, ast.For)
                while isinstance(loop, ast.For):
                    counters.insert(0, loop.target)
                    loop = tree.around(loop, ast.For)
                if counters and all(isinstance(one, ast.Name) for one in counters):
                    places: list[ast.expr] = [
                        ast.Name(one.id, ast.Load()) for one in counters if isinstance(one, ast.Name)
                    ]
                    at = ast.Tuple(places, ast.Load()) if len(places) > 1 else places[0]
                    new = ast.Subscript(ast.Name(name, ast.Load()), at, ast.Store())
                    yield Edit("whole array", step, (name,), (tree.replaced(target, new),))


# ---- lines in another place


def _other_depth(tree: Tree) -> Iterator[Edit]:
    for block in tree.of(*_BLOCKS):
        parent, field, index = tree._places[block]
        around = getattr(parent, field)
        head = tree.quote(block).partition(":")[0] if not isinstance(block, ast.If) else "if " + tree.quote(block.test)
        for part in ("body", "orelse"):
            lines = getattr(block, part, [])
            if part == "orelse" and len(lines) == 1 and isinstance(lines[0], ast.If):
                continue
            for count in range(1, len(lines)):
                rest, out = lines[:-count], lines[-count:]
                if rest:
                    sets = ((block, part, rest), (parent, field, [*around[: index + 1], *out, *around[index + 1 :]]))
                    yield Edit("too deep", out[0], (head, str(block.lineno)), sets)
        if isinstance(block, ast.If) and isinstance(parent, ast.If) and field == "orelse":
            # The last line of the last branch belongs to all of them.
            yield from _last_of_branches(tree, block)
        if isinstance(block, (ast.For, ast.While)):
            for count in (1, 2, 3):
                after = around[index + 1 : index + 1 + count]
                if len(after) == count and not isinstance(after[-1], ast.Return):
                    sets = (
                        (block, "body", [*block.body, *after]),
                        (parent, field, [*around[: index + 1], *around[index + 1 + count :]]),
                    )
                    yield Edit("not deep enough", after[0], (head, str(block.lineno)), sets)


def _last_of_branches(tree: Tree, last: ast.If) -> Iterator[Edit]:
    lines = last.body
    first: ast.AST = last
    while isinstance(above := tree.parent(first), ast.If) and tree._places[first][1] == "orelse":
        first = above
    parent, field, index = tree._places[first]
    around = getattr(parent, field)
    for count in range(1, len(lines)):
        sets = (
            (last, "body", lines[:-count]),
            (parent, field, [*around[: index + 1], *lines[-count:], *around[index + 1 :]]),
        )
        yield Edit("too deep", lines[-count], ("if " + tree.quote(last.test), str(last.lineno)), sets)


def _line_too_many(tree: Tree) -> Iterator[Edit]:
    # A line that is all of a condition or a loop cannot go alone.
    alone = {block.body[0] for block in tree.of(*_BLOCKS) if len(block.body) == 1}
    for node in tree.of(*_SIMPLE):
        if node not in alone and not _is_text(node):
            yield Edit("line too many", node, (), (tree.replaced(node, ast.Pass()),))


def _is_text(line: ast.stmt) -> bool:
    """Whether a line does nothing, as a docstring."""
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _other_order(tree: Tree) -> Iterator[Edit]:
    """Lines of one block in another order: one moved to the end, or two neighbours exchanged."""
    for block in [tree.function, *tree.of(*_BLOCKS)]:
        lines = block.body
        steps = [k for k, line in enumerate(lines) if isinstance(line, (*_SIMPLE, ast.If)) and not _is_text(line)]
        for k, following in pairwise(steps):
            order = [*lines]
            order[k], order[following] = lines[following], lines[k]
            yield Edit("too early", lines[k], (), ((block, "body", order),))
        for k in steps[:-2]:
            yield Edit("too early", lines[k], (), ((block, "body", [*lines[:k], *lines[k + 1 :], lines[k]]),))


# ---- ends of loops and slices


def _moved_ranges(tree: Tree) -> Iterator[Edit]:
    """As many rounds, counted from the number before or after: `range(n)` for `range(1, n + 1)`."""
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(func=ast.Name(id="range"), args=[stop]):
                moved = [[_number(node, 1), _located(plus(stop, 1), node)]]
            case ast.Call(func=ast.Name(id="range"), args=[start, stop, *step]):
                ends = ((plus(start, by), plus(stop, by)) for by in (-1, 1))
                moved = [[*(_located(end, node) for end in both), *step] for both in ends]
            case _:
                continue
        for args in moved:
            yield Edit("first number", node, (tree.quote(node),), ((node, "args", args),))


def _ends(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(func=ast.Name(id="range"), args=[stop]):
                for by in (1, -1):
                    yield _other_end(tree, node, stop, by, "last")
                yield Edit(
                    "first number", node, (tree.quote(node),), ((node, "args", [_number(node, 1), plus(stop, 1)]),)
                )
                if isinstance(stop, (ast.Name, ast.Call, ast.BinOp)):
                    yield Edit("first number", node, (tree.quote(node),), ((node, "args", [_number(node, 1), stop]),))
            case ast.Call(func=ast.Name(id="range"), args=[start, stop, *_step]):
                for by in (1, -1):
                    yield _other_end(tree, node, stop, by, "last")
                    yield _other_end(tree, node, start, by, "first")
            case ast.Call(func=ast.Attribute(attr="integers" | "randint"), args=[_low, high, *_more]):
                yield Edit(
                    "upper end", node, (tree.quote(node), tree.quote(high)), (tree.replaced(high, plus(high, 1)),)
                )


def _other_end(tree: Tree, call: ast.Call, end: ast.expr, by: int, which: str) -> Edit:
    return Edit(f"{which} number", call, (tree.quote(call),), (tree.replaced(end, plus(end, by)),))


def _number(at: ast.AST, value: int) -> ast.Constant:
    return ast.copy_location(ast.Constant(value), at)


def plus(value: ast.expr, by: int) -> ast.expr:
    return ast.BinOp(value, ast.Add() if by > 0 else ast.Sub(), ast.Constant(abs(by)))


def _slices(tree: Tree) -> Iterator[Edit]:
    slices = list(tree.of(ast.Slice))
    stepped = [node for node in slices if node.step is not None and node.upper is not None]
    if stepped:
        yield Edit("step in the middle", stepped[0], (tree.quote(stepped[0]),), _turned(stepped))
    # The same end in each slice that is written so, as in X[:, a:b] and Y[:, a:b].
    groups: dict[str, list[ast.Slice]] = {}
    for node in slices:
        groups.setdefault(ast.unparse(node), []).append(node)
    known = dict.fromkeys([one.arg for one in tree.function.args.args])
    known |= dict.fromkeys(node.id for node in tree.of(ast.Name) if isinstance(node.ctx, ast.Store))
    for text, nodes in groups.items():
        for end in ("upper", "lower"):
            now = getattr(nodes[0], end)
            if now is None:
                continue
            news = [plus(now, 1), plus(now, -1)]
            news += [ast.Name(name, ast.Load()) for name in known if isinstance(now, ast.Name) and name != now.id]
            for new in news:
                sets = tuple((node, end, _located(new, node)) for node in nodes)
                yield Edit("slice end" if end == "upper" else "slice start", nodes[0], (text,), sets)


def _turned(
    nodes: list[ast.Slice],
) -> tuple[tuple[ast.AST, str, object], ...]:
    """The middle and the last part of each slice exchanged."""
    return tuple(setting for n in nodes for setting in ((n, "upper", n.step), (n, "step", n.upper)))


def _located(new: ast.expr, at: ast.AST) -> ast.expr:
    ast.copy_location(new, at)
    ast.fix_missing_locations(new)
    return new


# ---- brackets


def _brackets(tree: Tree) -> Iterator[Edit]:
    for node in tree.of(ast.BinOp):
        for new in _otherwise_bracketed(node):
            yield Edit("brackets", node, (tree.quote(node),), (tree.replaced(node, new),))
    for node in tree.of(ast.Call):
        match node:
            case ast.Call(args=[ast.BinOp(left=left, op=op, right=right)]):
                inner = ast.Call(node.func, [left], node.keywords)
                yield Edit(
                    "bracket ends too late",
                    node,
                    (tree.quote(node),),
                    (tree.replaced(node, ast.BinOp(inner, op, right)),),
                )
    for node in tree.of(ast.BinOp):
        match node:
            case ast.BinOp(left=ast.Call(func=called, args=[one]) as call, op=op, right=right):
                new = ast.Call(called, [ast.BinOp(one, op, right)], call.keywords)
                yield Edit("bracket ends too early", node, (tree.quote(node),), (tree.replaced(node, new),))


def _otherwise_bracketed(node: ast.BinOp) -> Iterator[ast.expr]:
    """What the expression means with a pair of brackets more, or less."""
    match node.left:
        case ast.BinOp(left=a, op=inner, right=b) if type(inner) in _BINDS and type(node.op) in _BINDS:
            if type(inner) is not type(node.op) or isinstance(node.op, (ast.Div, ast.Sub)):
                yield ast.BinOp(a, inner, ast.BinOp(b, node.op, node.right))
    match node.right:
        case ast.BinOp(left=b, op=inner, right=c) if type(inner) in _BINDS and type(node.op) in _BINDS:
            # `a - b * c` for `(a - b) * c` is hardly ever written.
            if isinstance(inner, ast.Div) or not isinstance(node.op, (ast.Add, ast.Sub)):
                yield ast.BinOp(ast.BinOp(node.left, node.op, b), inner, c)
