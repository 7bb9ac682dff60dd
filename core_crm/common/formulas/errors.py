"""Why a text is no formula."""

from __future__ import annotations

from tenants.errors import DomainError


class FormulaError(DomainError):
    """The text is no formula; it says what is wrong and where.

    `reason` is one of: empty, too_long, character, syntax, too_big, too_deep, not_allowed, number,
    text, name, function, arguments, digits, list, kind. `column` is the character, from 1.
    """

    code = "formula.not_valid"
    http_status = 422

    def __init__(self, reason: str, message: str, *, column: int) -> None:
        super().__init__(f"{column}번째 글자: {message}", reason=reason, column=column)
        self.reason = reason
        self.column = column
