"""What somebody entered for custom fields, from a page, a program or a file: values, or why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core_crm.common.custom_fields.asking import values_asked_of
from core_crm.common.custom_fields.definition import CustomField, FieldType, FormDefinition
from core_crm.common.predicates import (
    AllOf,
    AnyOf,
    Not,
    Predicate,
    PredicateSource,
    matches,
    read_predicate,
)
from core_crm.common.safe_text import tidy
from core_crm.common.similar import did_you_mean

LONGEST = {FieldType.TEXT: 200, FieldType.LONG_TEXT: 2000}
MOST_DIGITS = 15
FIRST_YEAR, LAST_YEAR = 1900, 2199
NEEDED = "꼭 필요한 항목입니다. 채워 주세요."
TRUTHS = dict.fromkeys(("true", "yes", "예", "y", "1", "on", "o"), True) | dict.fromkeys(
    ("false", "no", "아니요", "아니오", "n", "0", "x"), False
)


@dataclass(frozen=True, slots=True)
class Given:
    """The readable values by code, ready to be kept; and a sentence for each that is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known beside the fields while they are asked: decides which ones are asked.

    `known` are values of the source's standard fields; `category` is one of them, if any.
    """

    source: PredicateSource
    known: Mapping[str, Any]
    today: date

    @property
    def category(self) -> str:
        return str(self.known.get("category", ""))


def read_fields(
    form: FormDefinition,
    given: Mapping[str, Any],
    asking: Asking,
    *,
    is_complete: bool = True,
) -> Given:
    """Read what was entered. A field that is not asked here keeps nothing.

    Without `is_complete` nothing is missed: an old record need not have what is asked today.
    """
    found = Given()
    for code in given:
        if code not in form.fields or form.fields[code].retired:
            near = did_you_mean(code, [one for one, _field in form.asked()])
            found.errors[code] = f"없는 항목입니다.{near}"
    for code, one in form.asked():
        if is_asked(one, form, found.values, asking):
            _read_one(code, one, given, found, is_needed=is_complete and is_needed(one, asking))
    return found


def read_each(form: FormDefinition, given: Mapping[str, Any]) -> dict[str, Any]:
    """The readable values alone, of retired fields too: for looking for what was entered once."""
    found = Given()
    for code, one in form.fields.items():
        _read_one(code, _with_retired_choices(one), given, found, is_needed=False)
    return found.values


def _with_retired_choices(one: CustomField) -> CustomField:
    offered = {
        code: choice.model_copy(update={"retired": False}) for code, choice in one.choices.items()
    }
    return one.model_copy(update={"choices": offered})


def is_asked(
    one: CustomField, form: FormDefinition, values: Mapping[str, Any], asking: Asking
) -> bool:
    """Is the field asked at all, after what was entered before it?"""
    if one.shown_when is None:
        return True
    row = {**asking.known, **values_asked_of(form, values)}
    return matches(read_predicate(one.shown_when), asking.source, row, today=asking.today)


def may_be_asked(one: CustomField, asking: Asking, *, fixed: Iterable[str]) -> bool:
    """Can anything still entered lead to the field, when these of the known values are settled?

    A page leaves out what it will never ask: a field for the counter is not on citizens' pages.
    """
    if one.shown_when is None:
        return True
    settled = {code: asking.known.get(code) for code in fixed}
    return _truth_of(read_predicate(one.shown_when), asking, settled) is not False


def _truth_of(rule: Predicate, asking: Asking, settled: Mapping[str, Any]) -> bool | None:
    """True, false, or None: it hangs on what is not settled yet."""
    if isinstance(rule, Not):
        known = _truth_of(rule.part, asking, settled)
        return None if known is None else not known
    if isinstance(rule, AllOf | AnyOf):
        parts = [_truth_of(part, asking, settled) for _pointer, part in rule.parts]
        decisive = isinstance(rule, AnyOf)
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if rule.field not in settled:
        return None
    return matches(rule, asking.source, settled, today=asking.today)


def is_needed(one: CustomField, asking: Asking) -> bool:
    return one.required or asking.category in one.required_for_categories


def _read_one(
    code: str, one: CustomField, given: Mapping[str, Any], found: Given, *, is_needed: bool
) -> None:
    value = given.get(code)
    if value is None or value in ("", [], ()):
        if is_needed:
            found.errors[code] = NEEDED
        return
    try:
        found.values[code] = READERS[one.type](value, one)
    except _Refused as refused:
        found.errors[code] = str(refused)
    if found.values.get(code) in ("", []):  # blanks only
        del found.values[code]
        if is_needed:
            found.errors[code] = NEEDED


class _Refused(ValueError):
    """Why a value is none; the sentence says what would be one."""


def _text(given: Any, one: CustomField) -> str:
    if not isinstance(given, str):
        raise _Refused("글로 적어 주세요.")
    text = tidy(given)
    if one.type == FieldType.TEXT:
        text = " ".join(text.split())
    if len(text) > LONGEST[one.type]:
        raise _Refused(f"{LONGEST[one.type]:,}자까지 적을 수 있습니다.")
    return text


def _number(given: Any, _one: CustomField) -> int | float:
    """Fifteen digits at most: so many that a float holds them all."""
    try:
        number = Decimal(str(given).replace(",", "").strip()) if _may_be_number(given) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise _Refused("숫자로 적어 주세요. 예: 12 또는 3.5")
    if abs(number.adjusted()) > 2 * MOST_DIGITS:  # beyond what can be normalised at all
        raise _Refused(f"{MOST_DIGITS}자리까지 적을 수 있습니다.")
    number = number.normalize()
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise _Refused(f"{MOST_DIGITS}자리까지 적을 수 있습니다.")
    return int(number) if number == number.to_integral_value() else float(number)


def _may_be_number(given: Any) -> bool:
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        return False
    return len(str(given)) <= 2 * MOST_DIGITS


def _date(given: Any, _one: CustomField) -> str:
    text = given.isoformat() if isinstance(given, date) else str(given).strip()
    parts = text.rstrip(".").replace(".", "-").replace("/", "-").split("-")
    try:
        day = date(*(int(part) for part in parts))
    except (TypeError, ValueError, OverflowError):
        raise _Refused("날짜로 적어 주세요. 예: 2026-11-25") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Refused(f"{FIRST_YEAR}년부터 {LAST_YEAR}년까지 적을 수 있습니다.")
    return day.isoformat()


def _choice(given: Any, one: CustomField) -> str:
    """By code or by label, as offices' files have it."""
    wanted = given.strip() if isinstance(given, str) else ""
    offered = {code: choice for code, choice in one.choices.items() if not choice.retired}
    by_label = {choice.label.ko: code for code, choice in offered.items()}
    code = wanted if wanted in offered else by_label.get(wanted, "")
    if not code:
        near = did_you_mean(wanted, [*offered, *by_label]) if wanted else ""
        raise _Refused(f"보기에서 골라 주세요.{near}")
    return code


def _choices(given: Any, one: CustomField) -> list[str]:
    """Each once, in the order in which they are offered."""
    listed = given.split(",") if isinstance(given, str) else given
    if not isinstance(listed, Sequence):
        raise _Refused("보기에서 골라 주세요.")
    chosen = {_choice(each, one) for each in listed if each != ""}
    return [code for code, _choice in ordered_choices(one) if code in chosen]


def _truth(given: Any, _one: CustomField) -> bool:
    read = given if isinstance(given, bool) else TRUTHS.get(str(given).strip().lower())
    if read is None:
        raise _Refused("예나 아니요로 답해 주세요.")
    return read


def ordered_choices(one: CustomField) -> list[tuple[str, Any]]:
    """All answers of a choice by `sort`, then code."""
    return sorted(one.choices.items(), key=lambda each: (each[1].sort, each[0]))


READERS: Mapping[FieldType, Callable[[Any, CustomField], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.MULTI_CHOICE: _choices,
    FieldType.TRUTH: _truth,
}
