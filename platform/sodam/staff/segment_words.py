"""Words of the segments' pages: rules as sentences, traits, purposes, citizens of a sample."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core_crm.common.districts import district_name
from core_crm.common.personal_data import mask_email, mask_name, mask_phone
from core_crm.common.predicates import PredicateField, PredicateSource
from core_crm.customers.selectors import age_on
from core_crm.segments.types import Comparison, ConsentReach, RuleStep, RuleWalk
from sodam.ui.conditions import choice_word, label, sentence

OLDEST = "200"
FEWER_POINTS = -5.0
"""A group that is this many percentage points rarer than among the residents is marked."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together in the list to choose from."""

    word: str
    fields: list[tuple[str, str]]


def field_groups(source: PredicateSource) -> list[Group]:
    """Every field of citizens, in groups as an official looks for them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for field in source.fields.values():
        found.setdefault(_group_of(field), []).append((field.code, label(field)))
    return [Group(word, fields) for word, fields in found.items()]


def _group_of(field: PredicateField) -> str:
    start = field.code.partition(".")[0]
    known = {
        "consent": _("동의"),
        "need": _("배려 사항 (근거 법령이 있어야 함)"),
        "visited": _("방문·참여"),
        "x": _("덧붙인 항목"),
    }
    if start in known:
        return known[start]
    if field.code in ("age", "sex", "birth_on", "district", "neighbourhood", "language"):
        return _("사람과 사는 곳")
    return _("그 밖의 사실")


def rule_sentence(part: Any, source: PredicateSource) -> str:
    """A rule in words; a single one turned round says so."""
    return sentence(part, source)


def steps_told(walk: RuleWalk, source: PredicateSource) -> list[dict[str, Any]]:
    """The rules with how many were left, widest bar 100."""
    return [_step(step, walk, source) for step in walk.steps]


def _step(step: RuleStep, walk: RuleWalk, source: PredicateSource) -> dict[str, Any]:
    whole = max(walk.all_citizens, 1)
    return {
        "text": rule_sentence(step.part, source),
        "left": step.left,
        "removed": step.removed,
        "alone": step.alone,
        "bar": round(100 * step.left / whole),
        "is_the_end": step == walk.emptied_by,
    }


def why_nobody(walk: RuleWalk, source: PredicateSource) -> str:
    """Which rule left nobody, and whether it would find somebody alone."""
    step = walk.emptied_by
    if step is None:
        return _("어느 조건에도 맞는 시민이 없습니다. 조건을 넓혀 보세요.")
    what = rule_sentence(step.part, source)
    if not step.alone:
        return _("‘%(what)s’에 맞는 시민이 한 명도 없습니다. 이 조건을 바꿔 보세요.") % {
            "what": what
        }
    return _(
        "‘%(what)s’만으로는 %(n)s명이 있지만, 앞의 조건과 함께 맞는 시민이 없습니다. "
        "둘 가운데 하나를 넓혀 보세요."
    ) % {"what": what, "n": f"{step.alone:,}"}


def reach_told(reach: Iterable[ConsentReach]) -> list[dict[str, Any]]:
    """Purpose and channel with how many agreed."""
    purposes = {
        "service": _("서비스 안내"),
        "survey": _("설문"),
        "marketing": _("광고"),
        "marketing_night": _("야간 광고"),
    }
    channels = {"sms": _("문자"), "email": _("이메일")}
    return [
        {
            "purpose": purposes.get(one.purpose, one.purpose),
            "channel": channels.get(one.channel, one.channel),
            "agreed": one.agreed,
            "total": one.total,
            "bar": round(100 * one.agreed / max(one.total, 1)),
        }
        for one in reach
    ]


def sample_told(citizens: Iterable[Any], *, today: date) -> list[dict[str, str]]:
    """Masked: nobody is told apart by it."""
    return [
        {
            "name": mask_name(one.name) or _("이름 없음"),
            "contact": mask_phone(one.phone) or mask_email(one.email) or "–",
            "age": _decade(age_on(one.birth_on, today) if one.birth_on else None),
            "district": district_name(f"{one.district_code[:5]}00000")
            if one.district_code
            else "–",
        }
        for one in citizens
    ]


def _decade(age: int | None) -> str:
    if age is None:
        return "–"
    return _("%(n)s대") % {"n": age // 10 * 10} if age >= 10 else _("10세 미만")


def equity_told(comparisons: Iterable[Comparison]) -> list[dict[str, Any]]:
    """Per trait the groups beside the residents; a trait without statistic says so."""
    words = {"sex": _("성별"), "district": _("시·군·구"), "age": _("나이")}
    return [
        {
            "word": words[one.trait],
            "rows": [_share(one.trait, share) for share in one.shares],
            "unknown": one.unknown,
            "counted_on": one.counted_on,
            "source": one.source,
        }
        for one in comparisons
    ]


def _share(trait: str, share: Any) -> dict[str, Any]:
    return {
        "word": _group_word(trait, share.group),
        "members": share.members,
        "members_percent": f"{share.members_ratio * 100:.1f}",
        "residents_percent": f"{share.residents_ratio * 100:.1f}",
        "gap": f"{share.gap_points:+.1f}",
        "is_rare": share.gap_points <= FEWER_POINTS,
    }


def _group_word(trait: str, group: str) -> str:
    if trait != "age":
        return choice_word(trait, group)
    start, _to, end = group.partition("-")
    if end == OLDEST:
        return _("%(n)s세 이상") % {"n": start}
    return _("%(a)s–%(b)s세") % {"a": start, "b": end}
