"""Without a function that calls itself: a stack of nodes, each met twice."""


def order_of(operands, last):
    order, done, stack = [], set(), [(last, False)]
    while stack:
        node, ready = stack.pop()
        if node in done:
            continue
        if ready:
            done.add(node)
            order.append(node)
        else:
            stack.append((node, True))
            for one in operands.get(node, ()):
                if one not in done:
                    stack.append((one, False))
    return order
