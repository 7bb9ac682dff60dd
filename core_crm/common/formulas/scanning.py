"""The first look at a text: short enough, and made only of tokens that a formula may have.

Python's parser sees nothing else, so no comment, escape, f-string, power, shift or bracket of
another sort ever reaches it.
"""

from __future__ import annotations

import re

from core_crm.common.formulas.errors import FormulaError

MOST_CHARACTERS = 1000
_TOKENS = re.compile(
    r"""(?:
        \s+
      | [A-Za-z_][A-Za-z0-9_]* (?: \.[A-Za-z_][A-Za-z0-9_]* )* \b (?! ['"] )   # a name or a word
      | [0-9]+ (?: \.[0-9]+ )? (?! [\w.] )                                     # a number
      | '[^'"\\\x00-\x1f]*' | "[^'"\\\x00-\x1f]*"                              # a text
      | == | != | <= | >= | <(?!<) | >(?!>) | \*(?!\*) | /(?!/) | [-+()\[\],]  # signs
    )*""",
    re.VERBOSE,
)
_BLANKS = re.compile(r"""('[^']*'|"[^"]*")|\s""")


def scan(source: str) -> str:
    """The text on one line, each character where it was. Raises FormulaError."""
    if not source.strip():
        raise FormulaError("empty", "식이 비어 있습니다.", column=1)
    if len(source) > MOST_CHARACTERS:
        message = f"식이 너무 깁니다. {MOST_CHARACTERS:,}자까지 쓸 수 있습니다."
        raise FormulaError("too_long", message, column=MOST_CHARACTERS + 1)
    found = _TOKENS.match(source)
    if found and found.end() < len(source):
        raise _strange(source[found.end()], found.end() + 1)
    return _BLANKS.sub(lambda blank: blank[1] or " ", source)


def _strange(sign: str, column: int) -> FormulaError:
    shown = f"‘{sign}’" if sign.isprintable() else f"U+{ord(sign):04X}"
    message = f"{shown}: {_HINTS.get(sign, '식에 쓸 수 없는 글자입니다.')}"
    return FormulaError("character", message, column=column)


_UNCLOSED = "따옴표가 닫히지 않았거나 글 안에 쓸 수 없는 글자가 있습니다."
_HINTS = {
    "=": "같은지 물으려면 ‘==’를 쓰세요.",
    "*": "거듭제곱은 쓸 수 없습니다. 곱셈은 ‘*’ 하나입니다.",
    "/": "나눗셈은 ‘/’ 하나입니다.",
    "%": "백분율은 ‘* 100’으로 구하세요.",
    "&": "‘and’를 쓰세요.",
    "|": "‘or’를 쓰세요.",
    "!": "‘not’이나 ‘!=’를 쓰세요.",
    **dict.fromkeys("<>", "한 번만 쓰세요. 크기는 < <= > >= 로 비교합니다."),
    **dict.fromkeys("'\"", _UNCLOSED),
    **dict.fromkeys("0123456789", "읽을 수 없는 수입니다. 1234나 0.5처럼 쓰세요."),
}
