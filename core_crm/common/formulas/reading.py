"""The tree of a formula is read: each part is one of the language, of the right kind, in bounds."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from core_crm.common.formulas import numbers, running
from core_crm.common.formulas.errors import FormulaError
from core_crm.common.formulas.functions import FUNCTIONS, Function
from core_crm.common.formulas.terms import Term, runs
from core_crm.common.formulas.types import Kind, Run
from core_crm.common.similar import did_you_mean

MOST_NODES = 200
MOST_DEPTH = 24
MOST_OPTIONS = 50
MOST_DIGITS = 6
LARGEST_CONSTANT = 10**12
MOST_DECIMALS = 12

_ARITHMETIC = {
    ast.Add: numbers.add,
    ast.Sub: numbers.subtract,
    ast.Mult: numbers.multiply,
    ast.Div: numbers.divide,
}
_EQUALITY = {ast.Eq: operator.eq, ast.NotEq: operator.ne}
_ORDER = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}


class Reader:
    """Reads one formula from its line of text; `used` collects the names it meets."""

    def __init__(self, line: str, names: Mapping[str, Kind]) -> None:
        self.used: set[str] = set()
        self._text = line.lstrip()
        self._indent = len(line) - len(self._text)
        self._names = names
        self._nodes = 0
        self._readers: Mapping[type[ast.expr], Callable[[Any, int], Term]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._name,
            ast.BinOp: self._arithmetic,
            ast.UnaryOp: self._unary,
            ast.BoolOp: self._logic,
            ast.IfExp: self._choice,
            ast.Compare: self._comparison,
            ast.Call: self._call,
        }

    def term(self, node: ast.expr, depth: int = 0) -> Term:
        """The part that this node begins. Raises FormulaError."""
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._wrong("too_big", node, f"식이 너무 큽니다. 항은 {MOST_NODES}개까지입니다.")
        if depth > MOST_DEPTH:
            raise self._wrong("too_deep", node, f"{MOST_DEPTH}겹보다 깊습니다. 식을 나누세요.")
        read = self._readers.get(type(node))
        if read is None:
            raise self._wrong("not_allowed", node, "식에 쓸 수 없는 표현입니다.")
        return read(node, depth)

    def _constant(self, node: ast.Constant, depth: int) -> Term:
        value: Fraction | bool | str
        if isinstance(node.value, bool | str):
            value = node.value
        elif isinstance(node.value, int | float):
            value = self._number(node)
        else:
            raise self._wrong("not_allowed", node, "수, 글, True, False만 쓸 수 있습니다.")
        kind = _kind_of(value)
        return Term(kind, running.constant(value), self._column(node), is_constant=True)

    def _number(self, node: ast.Constant) -> Fraction:
        """As it is written: 0.1 is a tenth."""
        written = self._written(node)
        value = Fraction(written)
        if value > LARGEST_CONSTANT or len(written.partition(".")[2]) > MOST_DECIMALS:
            message = f"수는 1조까지, 소수점 아래 {MOST_DECIMALS}자리까지 쓸 수 있습니다."
            raise self._wrong("number", node, message)
        return value

    def _name(self, node: ast.Name | ast.Attribute, depth: int) -> Term:
        name = self._written(node)
        if name not in self._names:
            message = f"‘{name[:60]}’은(는) 없는 이름입니다.{did_you_mean(name, self._names)}"
            raise self._wrong("name", node, message)
        self.used.add(name)
        kind = self._names[name]
        return self._made(kind, running.named(name, kind), node)

    def _arithmetic(self, node: ast.BinOp, depth: int) -> Term:
        """A long sum leans to the left; it is one level all the same."""
        is_longer = isinstance(node.left, ast.BinOp)
        left = self.term(node.left, depth if is_longer else depth + 1).must_be(Kind.NUMBER)
        right = self.term(node.right, depth + 1).must_be(Kind.NUMBER)
        work = _ARITHMETIC[type(node.op)]  # the scan lets no other operator through
        return self._made(Kind.NUMBER, running.strict(work, left.run, right.run), node)

    def _unary(self, node: ast.UnaryOp, depth: int) -> Term:
        part = self.term(node.operand, depth + 1)
        if isinstance(node.op, ast.USub):
            negative = running.strict(operator.neg, part.must_be(Kind.NUMBER).run)
            return Term(Kind.NUMBER, negative, self._column(node), part.is_constant)
        if isinstance(node.op, ast.Not):
            opposite = running.strict(operator.not_, part.must_be(Kind.TRUTH).run)
            return self._made(Kind.TRUTH, opposite, node)
        raise self._wrong("not_allowed", node, "앞에는 ‘-’나 ‘not’만 붙일 수 있습니다.")

    def _logic(self, node: ast.BoolOp, depth: int) -> Term:
        parts = [self.term(value, depth + 1).must_be(Kind.TRUTH) for value in node.values]
        run = running.logic(runs(parts), decides=isinstance(node.op, ast.Or))
        return self._made(Kind.TRUTH, run, node)

    def _choice(self, node: ast.IfExp, depth: int) -> Term:
        test = self.term(node.test, depth + 1).must_be(Kind.TRUTH)
        then = self.term(node.body, depth + 1)
        otherwise = self.term(node.orelse, depth + 1).must_be(then.kind)
        return self._made(then.kind, running.choice(test.run, then.run, otherwise.run), node)

    def _comparison(self, node: ast.Compare, depth: int) -> Term:
        if len(node.ops) > 1:
            raise self._wrong("not_allowed", node, "비교는 한 번에 하나만 하고 ‘and’로 이으세요.")
        compare, other = node.ops[0], node.comparators[0]
        left = self.term(node.left, depth + 1)
        if isinstance(compare, ast.In | ast.NotIn):
            return self._membership(left, compare, other, depth)
        work = _EQUALITY.get(type(compare)) or _ORDER.get(type(compare))
        if work is None:
            raise self._wrong("not_allowed", node, "비교는 == != < <= > >= in 으로만 합니다.")
        if type(compare) in _ORDER:
            left.must_be(Kind.NUMBER)
        right = self.term(other, depth + 1).must_be(left.kind)
        return self._made(Kind.TRUTH, running.strict(work, left.run, right.run), node)

    def _membership(
        self, left: Term, compare: ast.In | ast.NotIn, listed: ast.expr, depth: int
    ) -> Term:
        if not isinstance(listed, ast.List | ast.Tuple) or not 0 < len(listed.elts) <= MOST_OPTIONS:
            message = f"in 뒤에는 [1, 2]처럼 값 {MOST_OPTIONS}개까지의 목록이 와야 합니다."
            raise self._wrong("list", listed, message)
        options = [self.term(element, depth + 1).must_be(left.kind) for element in listed.elts]
        if not all(option.is_constant for option in options):
            raise self._wrong("list", listed, "목록에는 이름이나 계산 없이 값만 쓸 수 있습니다.")
        run = running.membership(left.run, [option.constant for option in options])
        if isinstance(compare, ast.NotIn):
            run = running.strict(operator.not_, run)
        return Term(Kind.TRUTH, run, left.column)

    def _call(self, node: ast.Call, depth: int) -> Term:
        name, function = self._function(node)
        if node.keywords or not function.takes(len(node.args)):
            message = f"{name}에는 값을 {function.how_many} 넣으세요."
            raise self._wrong("arguments", node, message)
        parts = [self.term(argument, depth + 1) for argument in node.args]
        kind = parts[0].kind if function.takes_any_kind else Kind.NUMBER
        parts = [part.must_be(kind) for part in parts]
        if name == "round":
            self._check_digits(node.args[1], parts[1])
        return self._made(kind, function.make(runs(parts)), node)

    def _function(self, node: ast.Call) -> tuple[str, Function]:
        name = self._written(node.func)
        if name not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            message = f"쓸 수 있는 함수는 {known}입니다.{did_you_mean(name, FUNCTIONS)}"
            raise self._wrong("function", node, message)
        return name, FUNCTIONS[name]

    def _check_digits(self, node: ast.expr, digits: Term) -> None:
        if not digits.is_constant or digits.constant not in range(MOST_DIGITS + 1):
            message = f"round의 자릿수는 0부터 {MOST_DIGITS}까지의 정수로 쓰세요."
            raise self._wrong("digits", node, message)

    def _made(self, kind: Kind, run: Run, node: ast.expr) -> Term:
        return Term(kind, run, self._column(node))

    def _written(self, node: ast.expr) -> str:
        return ast.get_source_segment(self._text, node) or ""

    def _column(self, node: ast.expr) -> int:
        """The character, from 1, in the text as it was given; Python counts bytes."""
        before = self._text.encode()[: node.col_offset].decode()
        return self._indent + len(before) + 1

    def _wrong(self, reason: str, node: ast.expr, message: str) -> FormulaError:
        return FormulaError(reason, message, column=self._column(node))


def _kind_of(value: Fraction | bool | str) -> Kind:
    if isinstance(value, bool):
        return Kind.TRUTH
    return Kind.TEXT if isinstance(value, str) else Kind.NUMBER
