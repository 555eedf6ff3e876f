"""Each node is written once, but visited on every way. Affects time."""


def order_of(operands, last):
    order = []

    def visit(node):
        for one in operands.get(node, ()):
            visit(one)
        if node not in order:
            order.append(node)

    visit(last)
    return order
