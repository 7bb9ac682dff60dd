"""Which acts a case offers now; a refused one says why instead of vanishing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from core_crm.voices.selectors import allowed_actions
from sodam.staff.access import Seat
from sodam.staff.acts import ACTS, Act, act_url
from sodam.staff.list_query import ListQuery
from sodam.staff.own_steps import act_of, is_plain_step

FIRST = ("step", "take", "assign", "start", "extend", "supplement-reply", "reopen")


@dataclass(frozen=True, slots=True)
class Offer:
    """A button or a line of the menu."""

    code: str
    word: Any
    icon: str
    url: str
    is_direct: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """Acts shown as buttons, those in the menu, and the workflow names of all that is allowed."""

    first: list[Offer]
    more: list[Offer]
    allowed: frozenset[str]


def offered(voice: Any, official: Seat, *, query: ListQuery) -> Offers:
    """Ask the workflow and the rights once, and sort the answer."""
    language = (get_language() or "ko")[:2]
    all_known = allowed_actions(voice, official, language=language, now=timezone.now())
    known = {one.action: one for one in all_known}
    allowed = frozenset(name for name, one in known.items() if one.is_allowed)
    offers = [
        _offer(act, voice.ref, query, "" if act.action in allowed else known[act.action].why_not)
        for act in ACTS
        if act.action in known and official.rights & set(act.rights) and _fits(act, voice, official)
    ]
    offers += [
        _offer(act_of(one), voice.ref, query, one.why_not)
        for one in all_known
        if is_plain_step(one)
    ]
    first = [one for one in offers if one.code in FIRST and not one.why_not]
    return Offers(first, [one for one in offers if one not in first], allowed)


def _fits(act: Act, voice: Any, official: Seat) -> bool:
    """One's own case is not taken again, and not by somebody without a department."""
    return act.code != "take" or (official.department is not None and voice.officer_id is None)


def _offer(act: Act, ref: str, query: ListQuery, why_not: str) -> Offer:
    url = act_url(act, ref, query)
    return Offer(act.code, act.word, act.icon, url, act.is_direct, why_not)
