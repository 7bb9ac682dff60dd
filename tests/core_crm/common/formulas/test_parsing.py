"""What a text must be to be a formula, and what its writer is told when it is none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.formulas import FormulaError, Kind, parse

NAMES = {
    "received": Kind.NUMBER,
    "closed": Kind.NUMBER,
    "is_open": Kind.TRUTH,
    "consent.sms": Kind.TRUTH,
    "channel": Kind.TEXT,
}


def refused(source: str, *, expects: Kind | None = None) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(source, names=NAMES, expects=expects)
    return caught.value


@pytest.mark.parametrize(
    ("source", "kind", "names"),
    [
        ("received", Kind.NUMBER, {"received"}),
        ("  closed / nz(received)\n  * 100  ", Kind.NUMBER, {"closed", "received"}),
        ("consent.sms and not is_open", Kind.TRUTH, {"consent.sms", "is_open"}),
        ("channel in ['web', 'phone']", Kind.TRUTH, {"channel"}),
        ("received not in (1, -2)", Kind.TRUTH, {"received"}),
        ("'가' if is_open else channel", Kind.TEXT, {"is_open", "channel"}),
        ("coalesce(channel, 'web')", Kind.TEXT, {"channel"}),
        ("max(received, closed, 1)", Kind.NUMBER, {"received", "closed"}),
        ("True", Kind.TRUTH, set()),
    ],
)
def test_a_formula_knows_its_kind_and_names(source: str, kind: Kind, names: set[str]) -> None:
    formula = parse(source, names=NAMES, expects=kind)
    assert (formula.source, formula.kind, formula.names) == (source, kind, names)


@pytest.mark.parametrize(
    ("source", "reason", "column"),
    [
        ("", "empty", 1),
        (" \n ", "empty", 1),
        ("1 + ", "syntax", 4),
        ("(received", "syntax", 1),
        ("received closed", "syntax", 10),
        ("007", "syntax", 1),
        ("received = 1", "character", 10),
        ("received % 2", "character", 10),
        ("received ** 2", "character", 10),
        ("received // 2", "character", 10),
        ("received >> 2", "character", 10),
        ("received # all", "character", 10),
        ("channel == 'web", "character", 12),
        ("1e9", "character", 1),
        ("1_000", "character", 1),
        ("접수", "character", 1),
        ("recieved + 1", "name", 1),
        ("channel == '가나다' and recieved > 1", "name", 22),
        ("   recieved", "name", 4),
        ("consent.email", "name", 1),
        ("None", "not_allowed", 1),
        ("+received", "not_allowed", 1),
        ("0 < received < 9", "not_allowed", 1),
        ("received is closed", "not_allowed", 1),
        ("(received, closed)", "not_allowed", 1),
        ("9999999999999", "number", 1),
        ("0.1234567890123", "number", 1),
        ("maximum(received, 1)", "function", 1),
        ("max(received)", "arguments", 1),
        ("max(*received)", "arguments", 1),
        ("clamp(received, 1)", "arguments", 1),
        ("round(received, closed)", "digits", 17),
        ("round(received, 7)", "digits", 17),
        ("round(received, 0.5)", "digits", 17),
        ("received in [closed]", "list", 13),
        ("received in []", "list", 13),
        ("received in closed", "list", 13),
        ("received + channel", "kind", 12),
        ("channel + channel", "kind", 1),
        ("channel < 'x'", "kind", 1),
        ("received and is_open", "kind", 1),
        ("not received", "kind", 5),
        ("-is_open", "kind", 2),
        ("received == is_open", "kind", 13),
        ("1 if received else 2", "kind", 6),
        ("received if is_open else channel", "kind", 26),
        ("received in [1, 'x']", "kind", 17),
        ("max(received, True)", "kind", 15),
        ("coalesce(channel, 1)", "kind", 19),
    ],
)
def test_what_is_wrong_is_said_where_it_is(source: str, reason: str, column: int) -> None:
    error = refused(source)
    assert (error.reason, error.column) == (reason, column)
    assert str(error).startswith(f"{column}번째 글자: ")
    assert error.facts == {"reason": reason, "column": column}


@pytest.mark.parametrize(
    ("source", "meant"), [("recieved + 1", "received"), ("rond(received, 1)", "round")]
)
def test_a_near_name_is_offered(source: str, meant: str) -> None:
    assert f"혹시 ‘{meant}’인가요?" in str(refused(source))


def test_a_formula_of_another_kind_than_expected_is_refused() -> None:
    assert refused("received > 1", expects=Kind.NUMBER).reason == "kind"


ATTACKS = {
    "power tower": "9**9**9**9",
    "shift": "1 << 10",
    "long": "1+" * 100_000 + "1",
    "many terms": "+".join(["received"] * 110),
    "deep calls": "abs(" * 150 + "1" + ")" * 150,
    "deep brackets": "(" * 490 + "1" + ")" * 490,
    "minus signs": "-" * 999 + "1",
    "nots": "not " * 240 + "is_open",
    "ifs": "1 if is_open else (" * 45 + "1" + ")" * 45,
    "long number": "9" * 999,
    "list": "[0] * 2000000000",
    "text": "'a' * 1000000000",
    "import": "__import__('os').system('true')",
    "call of a call": "max(1, 2)(3)",
    "attribute": "received.__class__.__mro__",
    "index": "received[0]",
    "comprehension": "[x for x in received]",
    "lambda": "(lambda: received)()",
    "walrus": "(received := 1)",
    "f-string": "f'{received}'",
    "bytes": "b'a'",
    "escape": "'\\N{DIGIT ONE}'",
    "null character": "received\x00",
    "half a character": "'\ud800'",
    "keyword arguments": "max(received, key=closed)",
    "await": "await received",
    "full-width": "ｒeceived",
    "two formulas": "received; closed",
}


@pytest.mark.parametrize("source", ATTACKS.values(), ids=ATTACKS)
def test_attacks_are_refused_fast(source: str) -> None:
    """Not longer than ten of the longest that are read: whoever sends them gains nothing."""
    longest = "+".join(["received"] * 99)
    lawful = _seconds(lambda: parse(longest, names=NAMES))
    assert _seconds(lambda: refused(source)) < 10 * lawful


def _seconds(action: Callable[[], object]) -> float:
    """Processor time, the best of three: the collector of garbage comes by when it likes."""
    took = []
    for _ in range(3):
        began = process_time()
        action()
        took.append(process_time() - began)
    return min(took)


def test_a_sum_of_many_measures_is_not_deep() -> None:
    assert parse("+".join(["received"] * 99), names=NAMES).evaluate({"received": 1}) == 99


_WORDS = """
    received closed is_open consent.sms channel maximum max min abs round coalesce clamp nz
    + - * / ( ) [ ] , == != < <= > >= and or not if else in is lambda for . = ** //
    0 1 2.5 1000000000000 'web' '' True None
"""


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=40).map(" ".join))
def test_any_words_are_a_formula_or_refused(source: str) -> None:
    assert_read_or_refused(source)


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_at_all_is_a_formula_or_refused(source: str) -> None:
    assert_read_or_refused(source)


def assert_read_or_refused(source: str) -> None:
    """Hypothesis would show any other error."""
    with suppress(FormulaError):
        assert parse(source, names=NAMES).names <= NAMES.keys()
