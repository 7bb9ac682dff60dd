"""Whom a kind of campaign would reach today: counted on the city's citizens, written to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import ExtractHour, ExtractMinute

from core_crm.calendars import SEOUL
from core_crm.campaigns.types import (
    CampaignType,
    Consent,
    DateFieldTrigger,
    EventTrigger,
    PluginTrigger,
    QuietHours,
)
from core_crm.common.personal_data import mask_email, mask_name, mask_phone
from core_crm.common.predicates import AllOf, Compare, Not, Predicate
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import citizens_matching, happenings_since
from core_crm.extension_points import campaign_triggers

MONTH = timedelta(days=30)
EXAMPLES = 20
CONTACTS = {"sms": "phone", "email": "email"}


@dataclass(frozen=True, slots=True)
class Example:
    """One citizen of the audience, masked. `outcome`: sms, email, unreachable or no_consent."""

    name: str
    contact: str
    language: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A kind of campaign on today's citizens; all but the last two are people.

    `in_a_month` are messages of the last thirty days had it been in force, None where only an
    official sets it off; `at_night` of these would have waited for the end of the quiet hours.
    """

    audience: int = 0
    by_channel: dict[str, int] | None = None
    unreachable: int = 0
    no_consent: int = 0
    over_cap: int = 0
    in_a_month: int | None = None
    at_night: int = 0
    examples: tuple[Example, ...] = ()

    @property
    def reached(self) -> int:
        return sum((self.by_channel or {}).values())


def campaign_reckon(campaign: CampaignType, *, now: datetime) -> Reckoning:
    """Count the audience, who of it is reached how, and who is not and why. Raises PredicateError.

    No city keeps consents to advertisements yet: nobody has given one, so nobody gets any.
    """
    audience = _audience(campaign, now=now)
    counted = _by_outcome(audience, campaign)
    reached = {str(channel): counted.get(channel, 0) for channel in campaign.channels}
    happened = _in_a_month(campaign, audience, now=now)
    return Reckoning(
        audience=sum(counted.values()),
        by_channel=reached,
        unreachable=counted.get("unreachable", 0),
        no_consent=counted.get("no_consent", 0),
        over_cap=max(0, sum(reached.values()) - campaign.cap_per_run),
        in_a_month=None if happened is None else happened[0],
        at_night=0 if happened is None else happened[1],
        examples=_examples(audience, campaign),
    )


def _audience(campaign: CampaignType, *, now: datetime) -> QuerySet[Citizen]:
    return citizens_matching(_condition(campaign), today=now.astimezone(SEOUL).date())


def _condition(campaign: CampaignType) -> Predicate:
    """The audience, and where a day of theirs sets it off: that this is the day."""
    found = _day_of(campaign)
    if found is None:
        return campaign.audience
    field, offset_days = found
    return AllOf(all=(campaign.audience, _on_the_day(field, offset_days)))


def _on_the_day(field: str, offset_days: int) -> Predicate:
    """The day lies exactly `-offset_days` ahead of today, or `offset_days` behind it."""
    if offset_days <= 0:
        return Compare(op="days_before", field=field, value=-offset_days)
    since = Compare(op="within_days", field=field, value=offset_days)
    later = Compare(op="within_days", field=field, value=offset_days - 1)
    return AllOf(all=(since, Not(part=later)))


def _day_of(campaign: CampaignType) -> tuple[str, int] | None:
    trigger = campaign.trigger
    if isinstance(trigger, DateFieldTrigger):
        return trigger.field, trigger.offset_days
    if isinstance(trigger, PluginTrigger):
        added = campaign_triggers.get(trigger.code)
        return (added.what.field, added.what.offset_days) if added else None
    return None


def _outcome(campaign: CampaignType) -> Case:
    """How a citizen would be reached: as they wish if that works, else by the first that does."""
    plans = sorted(campaign.channels.items(), key=lambda one: (one[1].sort, one[0]))
    ways = [(channel, ~Q(**{CONTACTS[channel]: ""})) for channel, _plan in plans]
    wished = [When(can & Q(preferred_channel=way), then=Value(way)) for way, can in ways]
    others = [When(can, then=Value(way)) for way, can in ways]
    refused = [When(stop, then=Value("no_consent")) for stop in _without(campaign.consent)]
    outcome = [*refused, *wished, *others]
    return Case(*outcome, default=Value("unreachable"), output_field=CharField())


def _without(consent: Consent) -> list[Q]:
    """Who has not agreed. Whoever left a contact agreed to hear about what they asked for."""
    if consent == Consent.MARKETING:
        return [Q(pk__isnull=False)]
    return [Q(is_anonymous=True)] if consent == Consent.SERVICE else []


def _by_outcome(audience: QuerySet[Citizen], campaign: CampaignType) -> dict[str, int]:
    found = audience.order_by().annotate(outcome=_outcome(campaign)).values_list("outcome")
    return dict(found.annotate(people=Count("id")))


def _in_a_month(
    campaign: CampaignType, audience: QuerySet[Citizen], *, now: datetime
) -> tuple[int, int] | None:
    """How often it happened in thirty days, and how often while it is quiet."""
    if not isinstance(campaign.trigger, EventTrigger):
        return None
    happened = happenings_since(campaign.trigger.event.value, now - MONTH, among=audience)
    delay = timedelta(hours=campaign.trigger.delay_hours)
    moments = happened.annotate(
        hour=ExtractHour("at", tzinfo=SEOUL), minute=ExtractMinute("at", tzinfo=SEOUL)
    )
    counted = moments.order_by().values_list("hour", "minute").annotate(times=Count("id"))
    rows = list(counted)
    quiet = sum(times for hour, minute, times in rows if _is_quiet(campaign, hour, minute, delay))
    return sum(times for _hour, _minute, times in rows), quiet


def _is_quiet(campaign: CampaignType, hour: int, minute: int, delay: timedelta) -> bool:
    hours = campaign.quiet_hours or QuietHours(begins_at="00:00", ends_at="00:00")
    sent_at = datetime(2026, 1, 1, hour, minute, tzinfo=SEOUL) + delay
    return hours.holds(sent_at.time())


def _examples(audience: QuerySet[Citizen], campaign: CampaignType) -> tuple[Example, ...]:
    """Twenty of them, the latest known first, masked."""
    found = audience.annotate(outcome=_outcome(campaign)).order_by("-created_at", "-id")
    return tuple(
        Example(
            name=mask_name(one.name) or "–",
            contact=_masked(one, one.outcome),
            language=one.language,
            outcome=one.outcome,
        )
        for one in islice(found[:EXAMPLES], EXAMPLES)
    )


def _masked(citizen: object, outcome: str) -> str:
    phone, email = getattr(citizen, "phone", ""), getattr(citizen, "email", "")
    by_phone = outcome == "sms" or (outcome != "email" and phone)
    return (mask_phone(phone) if by_phone else mask_email(email)) or "–"
