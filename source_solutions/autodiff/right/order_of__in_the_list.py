"""The list itself says what was visited."""


def order_of(operands, last):
    order = []

    def visit(node):
        if node not in order:
            if node in operands:
                for one in operands[node]:
                    visit(one)
            order.append(node)

    visit(last)
    return order
