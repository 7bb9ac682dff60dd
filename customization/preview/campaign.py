"""What a change of campaigns does: to how many, by which channel, and who is stopped by what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from core_crm.campaigns.selectors import Example, Reckoning, campaign_reckon
from core_crm.campaigns.types import CampaignType
from customization.preview.types import Impact, Tree
from customization.resolution.trees import is_same

KIND = "campaign_type"
MOST_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Changed:
    """One kind of campaign before and after; None: not there, switched off or not right."""

    code: str
    title: str
    before: Reckoning | None
    after: Reckoning | None


def impact(before: Tree, after: Tree, *, now: datetime) -> Impact | None:
    """Count the audiences of every kind of campaign that differs. None when none does."""
    changed = [
        Changed(code, _title(code, was, will), _reckon(was, now), _reckon(will, now))
        for code, was, will in _differing(before.get(KIND, {}), after.get(KIND, {}))
    ]
    return _told(changed) if changed else None


def _differing(before: Tree, after: Tree) -> Iterator[tuple[str, Any, Any]]:
    for code in sorted({*before, *after}):
        was, will = before.get(code), after.get(code)
        if was is None or will is None or not is_same(was, will):
            yield code, was, will


def _reckon(body: Any, now: datetime) -> Reckoning | None:
    try:
        campaign = CampaignType.model_validate(body)
    except ValidationError:  # said beside its field by the check; there is nothing to count
        return None
    return campaign_reckon(campaign, now=now) if campaign.enabled else None


def _told(changed: list[Changed]) -> Impact:
    after = [one.after for one in changed if one.after]
    examples = [(one, example) for one in changed if one.after for example in one.after.examples]
    return Impact(
        what="campaign",
        title=_("보내는 사람들"),
        sentence=" ".join(_sentence(one) for one in changed),
        figures=_figures(after),
        columns=(_("캠페인"), _("시민"), _("연락처"), _("언어"), _("결과")),
        rows=tuple(_row(one, example) for one, example in examples[:MOST_EXAMPLES]),
        rows_in_all=sum(one.audience for one in after),
    )


def _figures(found: list[Reckoning]) -> dict[str, int]:
    channels = [one.by_channel or {} for one in found]
    return {
        _("대상"): sum(one.audience for one in found),
        _("문자로"): sum(one.get("sms", 0) for one in channels),
        _("이메일로"): sum(one.get("email", 0) for one in channels),
        _("동의가 없어 멈춤"): sum(one.no_consent for one in found),
        _("연락처가 없음"): sum(one.unreachable for one in found),
        _("밤이라 기다림(30일)"): sum(one.at_night for one in found),
    }


def _sentence(one: Changed) -> str:
    facts = {"title": one.title, "was": _people(one.before), "now": _people(one.after)}
    if one.before is None and one.after is None:
        return _("‘%(title)s’: 지금 아무에게도 가지 않습니다.") % facts
    if one.before is None:
        return _("‘%(title)s’: 새로 %(now)s명에게 갑니다.") % facts
    if one.after is None:
        return _("‘%(title)s’: %(was)s명에게 더는 가지 않습니다.") % facts
    return _("‘%(title)s’: %(was)s명에서 %(now)s명이 됩니다.") % facts


def _people(found: Reckoning | None) -> str:
    return f"{found.reached if found else 0:,}"


def _row(one: Changed, example: Example) -> tuple[str, ...]:
    outcomes = {
        "sms": _("문자"),
        "email": _("이메일"),
        "unreachable": _("연락처 없음"),
        "no_consent": _("동의 없음"),
    }
    language = _("영어") if example.language == "en" else _("한국어")
    outcome = outcomes.get(example.outcome, example.outcome)
    return (one.title, example.name, example.contact, language, outcome)


def _title(code: str, was: Any, will: Any) -> str:
    for body in (will, was):
        label = body.get("label") if isinstance(body, dict) else None
        if isinstance(label, dict) and label.get("ko"):
            return str(label["ko"])
    return code
