"""A text becomes a formula: its tokens are scanned, its shape read, its kinds checked."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from core_crm.common.formulas.errors import FormulaError
from core_crm.common.formulas.reading import Reader
from core_crm.common.formulas.scanning import scan
from core_crm.common.formulas.types import Formula, Kind


def parse(source: str, *, names: Mapping[str, Kind], expects: Kind | None = None) -> Formula:
    """The formula, checked against the names it may use and the kind it is expected to give.

    Raises FormulaError, and never anything else, whatever the text.
    """
    line = scan(source)
    reader = Reader(line, names)
    term = reader.term(_tree(line))
    if expects is not None:
        term.must_be(expects)
    return Formula(source, term.kind, frozenset(reader.used), term.run)


def _tree(line: str) -> ast.expr:
    text = line.lstrip()  # Python would take blanks in front for an indent
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise _unreadable(line, error.offset and len(line) - len(text) + error.offset) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise _unreadable(line, 1) from error


def _unreadable(line: str, column: int | None) -> FormulaError:
    """`column` 0: Python came to the end and wanted more."""
    if not column:
        message = "식이 끝나지 않았습니다. 이어질 값을 쓰세요."
        return FormulaError("syntax", message, column=len(line.rstrip()) + 1)
    message = "여기부터 식을 읽을 수 없습니다. 괄호와 쉼표, 연산 기호의 짝을 확인하세요."
    return FormulaError("syntax", message, column=column)
