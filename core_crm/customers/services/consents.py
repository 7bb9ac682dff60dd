"""Giving and taking back consent: the state in force, the proof of every change, and the fact.

Advertising needs consent before, a separate one by night, and is confirmed every two years
(정보통신망법 제50조 제1항, 제3항, 제8항; 시행령 제62조의3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from core_crm.calendars import SEOUL
from core_crm.customers.errors import ConsentNotPossible
from core_crm.customers.models import Citizen, Consent, ConsentChange
from core_crm.customers.types import (
    ADVERTISING,
    ConsentChanged,
    ConsentPurpose,
    ConsentSource,
    CustomerState,
)
from core_crm.events import record
from core_crm.extension_points import document, documents

TWO_YEARS = 730
CHANNELS = frozenset({"sms", "email", "phone", "post"})
DAY, NIGHT = ConsentPurpose.MARKETING, ConsentPurpose.MARKETING_NIGHT


@dataclass(frozen=True, slots=True)
class _Text:
    """Which edition of which text was read, and in how many days it is asked again."""

    code: str
    digest: str
    again_days: int | None


@transaction.atomic
def consent_set(
    citizen: Citizen,
    purpose: str,
    channel: str,
    is_given: bool,
    *,
    source: str,
    text_code: str = "",
    by_name: str = "",
    reason: str = "",
    now: datetime,
) -> Consent:
    """Write down one yes or no; each keeps its proof. Raises ConsentNotPossible, DocumentMissing.

    Without `text_code` it is the city's text of this purpose. An official says why. Taking back
    advertising by day takes back that by night as well; by night alone cannot be agreed to.
    The same answer again confirms it: it is noted, and the two years begin anew.
    """
    owner = citizen.merged_into or citizen
    _check(owner, purpose, channel, is_given=is_given, source=source, reason=reason)
    text = _text(text_code, purpose)
    consent = _state(owner, purpose, channel, text, is_given=is_given, source=source, now=now)
    _prove(consent, by_name=by_name, reason=reason, now=now)
    if purpose == DAY and not is_given and _has(owner, NIGHT, channel):
        consent_set(
            owner, NIGHT, channel, False, source=source, by_name=by_name, reason=reason, now=now
        )
    return consent


@transaction.atomic
def consents_withdraw(
    citizen: Citizen, *, source: str, by_name: str = "", reason: str = "", now: datetime
) -> int:
    """Take back everything that is given, in one act; how many."""
    given = Consent.objects.filter(citizen=citizen.merged_into or citizen, is_given=True)
    order = given.order_by("-purpose", "channel")  # by night before by day
    withdrawn = 0
    for one in order:
        consent_set(
            citizen,
            one.purpose,
            one.channel,
            False,
            source=source,
            by_name=by_name,
            reason=reason,
            now=now,
        )
        withdrawn += 1
    return withdrawn


@transaction.atomic
def consents_merge(
    survivor: Citizen, alias: Citizen, *, by_name: str, reason: str = "", now: datetime
) -> list[Consent]:
    """Two people are one: who said no once said no. What changed of the survivor's consents.

    A yes is taken over with the edition of the text that was read; by night never without by day.
    """
    kept = _by_key(survivor)
    changed = []
    for key, other in sorted(_by_key(alias).items()):
        own = kept.get(key)
        is_given = other.is_given and (own is None or own.is_given)
        is_given = is_given and (key[0] != NIGHT or _has(survivor, DAY, key[1]))
        if own is not None and own.is_given == is_given:
            _keep_earlier_day(own, other)
            continue
        changed.append(_taken_over(survivor, other, is_given=is_given, now=now))
        _prove(changed[-1], by_name=by_name, reason=reason or "병합", now=now)
    return changed + _nights_without_day(survivor, by_name=by_name, now=now)


@transaction.atomic
def consent_put_back(
    consent: Consent, values: Mapping[str, object] | None, *, by_name: str, now: datetime
) -> None:
    """A merge is undone: the state as it was before, None for never asked; proven like any change.

    Never asked is proven as a no: what the merge lent is taken back.
    """
    was_given = consent.is_given
    for name, value in (values or {"is_given": False, "source": ConsentSource.MERGE}).items():
        setattr(consent, name, value)
    if consent.is_given != was_given:
        _prove(consent, by_name=by_name, reason="병합을 되돌림", now=now)
    if values is None:
        consent.delete()
    else:
        consent.save()


@transaction.atomic
def consent_asked_again(consent: Consent, *, today: date) -> None:
    """The citizen was told how to keep or stop it: the next two years begin (시행령 제62조의3)."""
    text = _text(consent.text_code, consent.purpose)
    consent.asked_again_on = today + timedelta(days=text.again_days or TWO_YEARS)
    consent.save(update_fields=["asked_again_on"])


def _check(
    citizen: Citizen, purpose: str, channel: str, *, is_given: bool, source: str, reason: str
) -> None:
    if purpose not in set(ConsentPurpose) or channel not in CHANNELS:
        raise ConsentNotPossible("그런 동의 목적이나 채널은 없습니다.", purpose=purpose)
    if source not in set(ConsentSource):
        raise ConsentNotPossible("동의를 받은 경로를 알 수 없습니다.", source=source)
    if citizen.state == CustomerState.ERASED:
        raise ConsentNotPossible("개인정보가 지워진 고객입니다.")
    if source == ConsentSource.OFFICIAL and not reason.strip():
        raise ConsentNotPossible("담당자가 바꿀 때는 사유를 써 주세요.", field="reason")
    if is_given and purpose == NIGHT and not _has(citizen, DAY, channel):
        raise ConsentNotPossible(
            "밤 시간 소식은 낮 시간 소식에 먼저 동의해야 받을 수 있습니다.", field="purpose"
        )


def _has(citizen: Citizen, purpose: str, channel: str) -> bool:
    found = Consent.objects.filter(citizen=citizen, purpose=purpose, channel=channel)
    return found.filter(is_given=True).exists()


def _text(code: str, purpose: str) -> _Text:
    """The text named, else the city's first one of this purpose."""
    codes = [code] if code else documents.get().codes("consent_text")
    for each in codes:
        found = document("consent_text", each)
        body = found.body
        if code or body.get("purpose") == purpose:
            again = body.get("asked_again_days")
            return _Text(each, found.digest, again if isinstance(again, int) else None)
    return _Text("", "", None)


def _state(
    citizen: Citizen,
    purpose: str,
    channel: str,
    text: _Text,
    *,
    is_given: bool,
    source: str,
    now: datetime,
) -> Consent:
    today = now.astimezone(SEOUL).date()
    again = text.again_days or (TWO_YEARS if purpose in ADVERTISING else None)
    values: Mapping[str, object] = {
        "is_given": is_given,
        "text_code": text.code,
        "text_digest": text.digest,
        "source": source,
        "since": now,
        "asked_again_on": today + timedelta(days=again) if is_given and again else None,
    }
    state: Consent = Consent.objects.update_or_create(
        citizen=citizen, purpose=purpose, channel=channel, defaults=dict(values)
    )[0]
    return state


def _prove(consent: Consent, *, by_name: str, reason: str, now: datetime) -> None:
    ConsentChange.objects.create(
        citizen_id=consent.citizen_id,
        purpose=consent.purpose,
        channel=consent.channel,
        is_given=consent.is_given,
        text_code=consent.text_code,
        text_digest=consent.text_digest,
        source=consent.source,
        by_name=by_name[:60],
        reason=reason[:200],
        at=now,
    )
    record(
        ConsentChanged(
            citizen_id=consent.citizen_id,
            purpose=consent.purpose,
            channel=consent.channel,
            is_given=consent.is_given,
            source=consent.source,
            at=now,
        )
    )


def _taken_over(survivor: Citizen, other: Consent, *, is_given: bool, now: datetime) -> Consent:
    values: dict[str, object] = {
        "is_given": is_given,
        "text_code": other.text_code,
        "text_digest": other.text_digest,
        "source": ConsentSource.MERGE,
        "since": now,
        "asked_again_on": other.asked_again_on if is_given else None,
    }
    state: Consent = Consent.objects.update_or_create(
        citizen=survivor, purpose=other.purpose, channel=other.channel, defaults=values
    )[0]
    return state


def _nights_without_day(survivor: Citizen, *, by_name: str, now: datetime) -> list[Consent]:
    """Who said no to the day said no to the night."""
    given = Consent.objects.filter(citizen=survivor, purpose=NIGHT, is_given=True)
    lost = [one for one in given.order_by("channel") if not _has(survivor, DAY, one.channel)]
    for one in lost:
        one.is_given, one.since, one.asked_again_on = False, now, None
        one.source = ConsentSource.MERGE
        one.save()
        _prove(one, by_name=by_name, reason="병합", now=now)
    return lost


def _by_key(citizen: Citizen) -> dict[tuple[str, str], Consent]:
    return {(one.purpose, one.channel): one for one in Consent.objects.filter(citizen=citizen)}


def _keep_earlier_day(own: Consent, other: Consent) -> None:
    """Of two days by which to ask again, the earlier one."""
    days = [day for day in (own.asked_again_on, other.asked_again_on) if day]
    if own.is_given and days and min(days) != own.asked_again_on:
        own.asked_again_on = min(days)
        own.save(update_fields=["asked_again_on"])
