"""Find the measures with a figure that a test asserts, by following values through the code of each test function.

Counted is a comparison inside an `assert` of a value that came from a measure with a number:

    assert run(tiny, "hhi", first=2025).frame["hhi"][0] == pytest.approx(0.375)       # hhi
    row = at(real, "bloc", "2025", group="asean"); assert row["growth_pct"] == 8.0      # bloc

Not counted: a measure's id that merely stands in a test, a comparison with a text, and how many rows there are.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_COUNTS = ("len", "isna", "notna", "shape", "empty")
"""Calls and attributes whose value says how much there is, not what it is."""


def asserted_measures(source: str, measures: Collection[str]) -> set[str]:
    """Ids of `measures` of which a test in `source` compares a value with a number."""
    module = ast.parse(source)
    functions = [node for node in ast.walk(module) if isinstance(node, _Function)]
    tests = [function for function in functions if function.name.startswith("test_")]
    helpers = [function for function in functions if function not in tests]
    base = _Scope(set(measures), {"run", *(one.name for one in helpers if _calls(one, "run"))})
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            base.constants |= dict.fromkeys(_targets(node), node.value)
    for function in [*helpers, *helpers]:  # twice: a helper may call one that is defined after it
        base.origin[function.name] = base.ids_within(function.body)
    found: set[str] = set()
    for test in tests:
        scope = _Scope(base.measures, base.runners, dict(base.origin), set(), base.constants)
        for decorator in test.decorator_list:
            scope.parametrize(decorator)
        found |= scope.asserted(test.body)
    return found


@dataclass
class _Scope:
    """What is known of the names in a function: the measures that their values came from, and which hold numbers."""

    measures: set[str]
    runners: set[str]
    """Functions that run the measure whose id is among their arguments."""
    origin: dict[str, set[str]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    constants: dict[str, ast.expr] = field(default_factory=dict)

    def ids(self, node: ast.AST) -> set[str]:
        """Measures that the value of an expression came from: named in a call, or through names; not counts of rows."""
        if isinstance(node, ast.Call) and _name(node.func) in _COUNTS:
            return set()
        if isinstance(node, ast.Attribute) and node.attr in _COUNTS:
            return set()
        found = set(self.origin.get(node.id, ())) if isinstance(node, ast.Name) else set()
        if isinstance(node, ast.Attribute):
            found |= self.origin.get(node.attr, set())
        if isinstance(node, ast.Call) and _name(node.func) in self.runners:
            texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            found |= {text for text in texts if isinstance(text, str)} & self.measures
        return found.union(*(self.ids(child) for child in ast.iter_child_nodes(node)))

    def ids_within(self, body: Iterable[ast.AST]) -> set[str]:
        return set().union(*(self.ids(node) for node in body))

    def has_number(self, node: ast.AST) -> bool:
        """Whether an expression holds a number to compare with; years in a subscript or a key do not count."""
        if isinstance(node, ast.Constant):
            return isinstance(node.value, int | float) and not isinstance(node.value, bool)
        if isinstance(node, ast.Name):
            return node.id in self.numbers or (node.id in self.constants and self.has_number(self.constants[node.id]))
        if isinstance(node, ast.Subscript):
            return self.has_number(node.value)
        return any(self.has_number(child) for child in ast.iter_child_nodes(node))

    def bind(self, targets: Iterable[str], value: ast.AST) -> None:
        ids, number = self.ids(value), self.has_number(value)
        for name in targets:
            self.origin[name] = ids
            if number and not ids:
                self.numbers.add(name)

    def parametrize(self, decorator: ast.expr) -> None:
        """The names of `pytest.mark.parametrize`: of its rows only those with a number name a measure."""
        if not isinstance(decorator, ast.Call) or _name(decorator.func) != "parametrize" or len(decorator.args) < 2:
            return
        names, rows = decorator.args[0], decorator.args[1]
        listed = [part.value for part in ast.walk(names) if isinstance(part, ast.Constant)]
        arguments = [name.strip() for text in listed for name in str(text).split(",")]
        rows = self.constants.get(rows.id, rows) if isinstance(rows, ast.Name) else rows
        own = {
            part.value
            for row in (rows.elts if isinstance(rows, ast.List | ast.Tuple) else [])
            if self.has_number(row)
            for part in ast.walk(row)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        } & self.measures
        for name in arguments:
            self.origin[name] = set(own)
            if own:
                self.numbers.add(name)

    def asserted(self, body: Iterable[ast.stmt]) -> set[str]:
        """Measures compared with a number by the asserts of these statements, in order."""
        found: set[str] = set()
        for statement in body:
            for node in ast.walk(statement):
                if isinstance(node, ast.comprehension):
                    self.bind(_targets(node), node.iter)
            if isinstance(statement, ast.Assert):
                found |= self.compared(statement.test)
            if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign) and statement.value is not None:
                self.bind(_targets(statement), statement.value)
            if isinstance(statement, ast.For):
                self.bind(_targets(statement), statement.iter)
            if isinstance(statement, _Function):  # a helper inside the test
                self.origin[statement.name] = self.ids_within(statement.body)
            for inner in ("body", "orelse", "finalbody"):
                found |= self.asserted(getattr(statement, inner, []) if not isinstance(statement, _Function) else [])
        return found

    def compared(self, test: ast.expr) -> set[str]:
        found: set[str] = set()
        for node in ast.walk(test):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                for one, other in zip([*sides, *reversed(sides)], [*sides[1:], *reversed(sides[:-1])], strict=False):
                    if self.has_number(other) and not self.ids(other) - _parametrized(other, self):
                        found |= self.ids(one)
        return found


def _parametrized(node: ast.AST, scope: _Scope) -> set[str]:
    """Measures that an expected value is attributed to only because a parametrize row also names the measure."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} & scope.numbers
    return set().union(*(scope.origin.get(name, set()) for name in names))


def _calls(function: _Function, name: str) -> bool:
    return any(isinstance(part, ast.Call) and _name(part.func) == name for part in ast.walk(function))


def _targets(node: ast.AST) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]  # type: ignore[attr-defined]
    for target in targets:
        yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
