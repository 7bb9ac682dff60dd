"""A condition as rows of a form: a field, a comparison and a value, joined by all or any.

What lies deeper than one level is edited as JSON: no rows could show it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.common.districts import district_name
from core_crm.common.predicates import (
    FieldKind,
    PredicateError,
    PredicateField,
    PredicateSource,
    check,
    read_predicate,
)

ROWS = 6
NOTHING = {"op": "eq", "field": "", "value": ""}
"""What the rows of a form without a condition show."""
JOINS = ("all", "any")
TRUTHS = {"true": True, "예": True, "yes": True, "false": False, "아니요": False, "no": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison as typed."""

    field: str = ""
    op: str = "eq"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A whole condition as a form holds it; `deep` is JSON where rows do not suffice."""

    join: str
    rows: tuple[Row, ...]
    deep: str = ""


def typed_of(condition: Any) -> Typed:
    """A document's condition as the form shows it."""
    join = next((one for one in JOINS if isinstance(condition, dict) and one in condition), "")
    parts = condition[join] if join else [condition]
    if all(isinstance(part, dict) and "op" in part for part in parts) and len(parts) <= ROWS:
        rows = [Row(part["field"], part["op"], value_text(part["value"])) for part in parts]
        return Typed(join or "all", (*rows, *[Row()] * (ROWS - len(rows))))
    deep = json.dumps(condition, ensure_ascii=False, indent=2)
    return Typed("all", (Row(),) * ROWS, deep)


def typed_in(data: Mapping[str, str]) -> Typed:
    """What came back from the form."""
    rows = tuple(
        Row(data.get(f"c{n}_field", ""), data.get(f"c{n}_op", "eq"), data.get(f"c{n}_value", ""))
        for n in range(ROWS)
    )
    join = data.get("c_join", "all")
    return Typed(join if join in JOINS else "all", rows, data.get("c_deep", ""))


def condition_of(typed: Typed, source: PredicateSource) -> dict[str, Any]:
    """The condition as a document holds it. Raises PredicateError with a sentence for people."""
    if typed.deep.strip():
        condition = _json(typed.deep)
    else:
        parts = [_part(row, source) for row in typed.rows if row.field]
        if not parts:
            raise PredicateError("shape", _("조건을 하나는 골라 주세요."), pointer="")
        condition = parts[0] if len(parts) == 1 else {typed.join: parts}
    check(read_predicate(condition), source)
    return condition


def condition_kept(
    form: forms.Form, typed: Typed, held: Any, source: PredicateSource
) -> dict[str, Any] | None:
    """The condition of a form that may be without one: `held` to the letter when nothing was
    changed, None when no row is filled in or the form was told what is wrong with it."""
    if typed == typed_of(held or NOTHING):
        return dict(held) if held else None
    if not typed.deep.strip() and not any(row.field for row in typed.rows):
        return None
    try:
        return condition_of(typed, source)
    except PredicateError as refused:
        why = refused.message.partition(": ")[2] or refused.message
        form.add_error(None, _("조건: %(why)s") % {"why": why})
        return None


def sentence(condition: Any, source: PredicateSource) -> str:
    """The condition in words, as far as words go: `횟수 ≥ 2, 그리고 …`."""
    if not isinstance(condition, dict):
        return ""
    for join, word in (("all", _(" 그리고 ")), ("any", _(" 또는 "))):
        if join in condition:
            return word.join(_bracketed(part, source, join) for part in condition[join])
    if "not" in condition:
        inner = sentence(condition["not"], source)
        is_group = isinstance(condition["not"], dict) and "op" not in condition["not"]
        return _("%(what)s이(가) 아님") % {"what": f"({inner})" if is_group else inner}
    return _compared(condition, source)


def _bracketed(part: Any, source: PredicateSource, within: str) -> str:
    """A group inside another way of joining stands in brackets: what goes first is seen."""
    told = sentence(part, source)
    is_other = isinstance(part, dict) and any(one in part for one in JOINS if one != within)
    return f"({told})" if is_other else told


def field_choices(source: PredicateSource) -> list[tuple[str, str]]:
    """Every field by its label, the core's first."""
    ours = sorted(source.fields.values(), key=lambda one: one.code.startswith("x."))
    return [(one.code, label(one)) for one in ours]


def label(field: PredicateField) -> str:
    return field.label_en if (get_language() or "ko").startswith("en") else field.label_ko


def op_words() -> dict[str, str]:
    """What each comparison is called."""
    return {
        "eq": _("같음"),
        "ne": _("다름"),
        "ge": _("이상"),
        "gt": _("넘음"),
        "le": _("이하"),
        "lt": _("미만"),
        "in": _("이 가운데 하나(쉼표로)"),
        "isnull": _("비어 있음(예/아니요)"),
        "within_days": _("지난 며칠 안"),
        "days_before": _("며칠 뒤의 그날"),
    }


def _compared(part: Mapping[str, Any], source: PredicateSource) -> str:
    """`의견을 낸 횟수 2 이상`; a field that is true or false is its own sentence."""
    field, op, value = source.fields.get(str(part.get("field"))), part.get("op"), part.get("value")
    name = label(field) if field else str(part.get("field"))
    if op == "eq" and value is True:
        return name
    if op in ("eq", "ne") and isinstance(value, bool):
        return _("%(what)s이(가) 아님") % {"what": name}
    if op == "isnull":
        return _("%(what)s 없음") % {"what": name} if value else _("%(what)s 있음") % {"what": name}
    told = _sentences().get(str(op), "%(what)s %(value)s")
    return told % {"what": name, "value": _in_words(str(part.get("field")), value)}


def _in_words(field: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(field, one) for one in value)
    return choice_word(field, value) if isinstance(value, str) else value_text(value)


def choice_word(field: str, value: str) -> str:
    """What a choice of a field is called: `F` of `sex` is 여성; what has no word stays."""
    if field == "district":
        return district_name(value)
    words = {
        "sex": {"F": _("여성"), "M": _("남성")},
        "language": {"ko": _("한국어"), "en": _("영어")},
        "preferred_channel": {"sms": _("문자"), "email": _("이메일")},
    }
    return words.get(field, {}).get(value, value)


def _sentences() -> dict[str, str]:
    return {
        "eq": _("%(what)s: %(value)s"),
        "ne": _("%(what)s: %(value)s 아님"),
        "ge": _("%(what)s %(value)s 이상"),
        "gt": _("%(what)s %(value)s 넘음"),
        "le": _("%(what)s %(value)s 이하"),
        "lt": _("%(what)s %(value)s 미만"),
        "in": _("%(what)s: %(value)s 가운데 하나"),
        "within_days": _("%(what)s 지난 %(value)s일 안"),
        "days_before": _("%(what)s %(value)s일 뒤"),
    }


def _part(row: Row, source: PredicateSource) -> dict[str, Any]:
    field = source.fields.get(row.field)
    kind = field.kind if field else FieldKind.TEXT
    return {"op": row.op, "field": row.field, "value": value_of_row(row, kind)}


def value_of_row(row: Row, kind: FieldKind) -> Any:
    """As JSON holds it; what cannot be read stays text, and the check says what was expected."""
    if row.op == "in":
        return [_single(one.strip(), kind) for one in row.value.split(",") if one.strip()]
    if row.op == "isnull":
        return _single(row.value.strip(), FieldKind.TRUTH)
    if row.op in ("within_days", "days_before"):
        return _single(row.value.strip(), FieldKind.NUMBER)
    return _single(row.value.strip(), kind)


def _single(text: str, kind: FieldKind) -> Any:
    if kind == FieldKind.TRUTH:
        return TRUTHS.get(text.lower(), text)
    if kind == FieldKind.NUMBER:
        return _number(text)
    return text


def _number(text: str) -> Any:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise PredicateError("shape", _("JSON으로 읽을 수 없습니다."), pointer="") from wrong
    return found if isinstance(found, dict) else {"": found}


def value_text(value: Any) -> str:
    if isinstance(value, bool):
        return _("예") if value else _("아니요")
    if isinstance(value, list | tuple):
        return ", ".join(value_text(one) for one in value)
    return str(value)
