"""A node is written before its operands. Affects operands first."""


def order_of(operands, last):
    order = []

    def visit(node):
        if node in order:
            return
        order.append(node)
        for one in operands.get(node, ()):
            visit(one)

    visit(last)
    return order
