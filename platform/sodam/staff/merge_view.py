"""Two citizens beside each other, as the page shows them: covered unless a reason opened them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.customers.selectors import merge_preview, need_codes
from core_crm.customers.selectors.merges import ConsentPair, FieldPair
from sodam.staff import customer_view
from sodam.staff.customer_words import (
    CHANNELS,
    LANGUAGES,
    PURPOSES,
    SEXES,
    birth_of,
    email_of,
    home_of,
    listed,
    name_of,
    phone_of,
    word_of,
)
from sodam.staff.merge_words import FIELDS


def beside(
    left: Any, right: Any, *, chosen: Mapping[str, str], is_open: bool = False
) -> dict[str, Any]:
    """Both with each field to choose, and what becomes of their consents and history."""
    preview = merge_preview(left, right)
    rows = [_row(one, left, right, chosen, is_open=is_open) for one in preview.fields]
    return {
        "left": customer_view.identity(left, is_open=is_open) | {"lines": preview.told[0]},
        "right": customer_view.identity(right, is_open=is_open) | {"lines": preview.told[1]},
        "choices": [row for row in rows if not row["is_same"]],
        "same": [row for row in rows if row["is_same"] and row["left"]],
        "consents": [_consent(one) for one in preview.consents],
        "is_restricted": left.is_restricted or right.is_restricted,
    }


def line_of(citizen: Any) -> dict[str, Any]:
    """One of a pair in a list, covered."""
    seen = customer_view.identity(citizen)
    parts = (seen["phone"], seen["email"], seen["birth"], seen["home"])
    return seen | {"more": " · ".join(part for part in parts if part)}


def _row(
    pair: FieldPair, left: Any, right: Any, chosen: Mapping[str, str], *, is_open: bool
) -> dict[str, Any]:
    shown = [value_of(pair.field, one, is_open=is_open) for one in (left, right)]
    return {
        "field": pair.field,
        "word": FIELDS[pair.field],
        "left": shown[0],
        "right": shown[1],
        "side": chosen.get(pair.field, pair.suggested),
        "is_same": pair.is_same,
        "looks_same": shown[0] == shown[1],
        "adds_up": pair.suggested == "both",
    }


def value_of(field: str, citizen: Any, *, is_open: bool = False) -> str:
    """What a citizen's record says of a field; "" for nothing."""
    today = timezone.localdate()
    if field == "needs":
        known = need_codes() if citizen.needs else {}
        return ", ".join(listed(known.get(code), code) for code in citizen.needs)
    words = {
        "name": lambda: name_of(citizen.name, is_open=is_open) if citizen.name else "",
        "phone": lambda: phone_of(citizen.phone, is_open=is_open),
        "email": lambda: email_of(citizen.email, is_open=is_open),
        "birth_on": lambda: birth_of(citizen.birth_on, today=today, is_open=is_open),
        "address": lambda: home_of(citizen, is_open=is_open),
        "sex": lambda: word_of(SEXES, citizen.sex) if citizen.sex else "",
        "language": lambda: word_of(LANGUAGES, citizen.language),
        "preferred_channel": lambda: str(CHANNELS[citizen.preferred_channel].word),
    }
    return words[field]()


def _consent(pair: ConsentPair) -> dict[str, Any]:
    return {
        "word": f"{word_of(PURPOSES, pair.purpose)} · {CHANNELS[pair.channel].word}",
        "left": _said(pair.left),
        "right": _said(pair.right),
        "is_given": pair.result,
        "result": _said(pair.result),
    }


def _said(is_given: bool | None) -> str:
    if is_given is None:
        return _("물은 적 없음")
    return _("동의") if is_given else _("거부")
