"""Figures of an answer by their names, as its basis names them, and what differs between two answers."""


def figures(node, parts, key, ident=()):
    """All values under a dotted name, by where they belong: `items.own.late` is a value for each item."""
    if isinstance(node, list):
        found = {}
        for index, one in enumerate(node):
            name = tuple(str(one.get(field)) for field in key) if isinstance(one, dict) else (str(index),)
            if isinstance(one, dict) and all(field not in one for field in key):
                name = (str(index),)
            found.update(figures(one, parts, key, ident + name))
        return found
    if not parts:
        return {ident: node}
    if isinstance(node, dict) and parts[0] in node:
        return figures(node[parts[0]], parts[1:], key, ident)
    return {}


class Comparison:
    def __init__(self):
        self.count, self.differences = 0, []

    def same(self, what, told, true):
        self.count += 1
        numbers = isinstance(told, (int, float)) and isinstance(true, (int, float))
        close = numbers and not isinstance(told, bool) and abs(told - true) < 1e-9
        if told != true and not close:
            self.differences.append(f"{what}: the server says {told}, the events {true}")

    def near(self, what, told, true, bound):
        self.count += 1
        if told is None or abs(told - true) > bound:
            self.differences.append(f"{what}: the server says {told}, the events {true} (within {bound:.2f})")

    def report(self, address, told, true, key, inexact=()):
        """Every figure that the answer's basis names. One that is not computed here is a difference, by its name."""
        names = list(told["basis"])
        if not names:
            self.differences.append(f"{address}: has no basis")
        for name in names:
            if name in inexact:
                continue
            parts = name.split(".")
            said, own = figures(told, parts, key), figures(true, parts, key)
            if key == ("campaign",):
                # A campaign that nobody serves leaves a figure of nothing out.
                own = {ident: value for ident, value in own.items() if value or ident in said}
            said = {ident: value for ident, value in said.items() if value is not None}
            own = {ident: value for ident, value in own.items() if value is not None}
            if not own and not said:
                # Nothing to count: both say so.
                self.count += 1
                continue
            for ident in sorted(set(said) | set(own)):
                self.same(f"{address} {name} of {'/'.join(ident)}", said.get(ident), own.get(ident))
