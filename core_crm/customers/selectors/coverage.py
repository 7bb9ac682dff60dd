"""Whom the city knows, beside who lives there: 시·군·구 by 시·군·구. Whom do we never hear from?

Residents are those that the operator loaded (행정안전부 주민등록인구). Without them there are
counts and no shares: a denominator is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core_crm.common.districts import WHOLE, districts_of, neighbourhoods
from core_crm.customers.models import ResidentCount
from tenants import sql

HEARD_DAYS = 365
HEARD = "voice_registered"

_KNOWN = """
SELECT left(district_code, 5), count(*) FROM core_customers_citizen
WHERE state = 'active' GROUP BY 1
"""
_VOICES = """
SELECT left(citizen.district_code, 5), count(*) FROM core_customers_timelineentry entry
JOIN core_customers_citizen citizen ON citizen.id = entry.citizen_id
WHERE entry.kind = %s AND entry.at >= %s AND entry.at < %s GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """A 시·군·구, or with an empty code all of the city.

    `voices` of a year. `residents` is None where nobody loaded them.
    """

    code: str
    name: str
    citizens: int
    voices: int
    residents: int | None

    @property
    def known_percent(self) -> float | None:
        """Citizens we know, of 100 residents."""
        return self.citizens * 100 / self.residents if self.residents else None

    @property
    def voices_per_thousand(self) -> float | None:
        """Voices of a year for each thousand residents."""
        return self.voices * 1000 / self.residents if self.residents else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The districts by name, and all together. `residents_on` None: there is nothing to compare."""

    districts: list[Cover]
    whole: Cover
    unplaced_citizens: int
    residents_on: date | None
    source: str

    @property
    def quietest(self) -> Cover | None:
        """Of whom one hears least for each resident; None where two cannot be compared."""
        comparable = [one for one in self.districts if one.voices_per_thousand is not None]
        if len(comparable) < 2:
            return None
        return min(comparable, key=lambda one: one.voices_per_thousand or 0.0)


def coverage(city: str, *, now: datetime) -> Coverage:
    """The city's districts; citizens of whom we know no district are told apart."""
    known = {place or "": count for place, count in sql.tuples(_KNOWN)}
    since = now - timedelta(days=HEARD_DAYS)
    heard = {place or "": count for place, count in sql.tuples(_VOICES, [HEARD, since, now])}
    residents, on, source = _residents()
    whole_code = _whole_code(city)
    districts = [
        Cover(
            place.code,
            place.district,
            known.get(place.code[:5], 0),
            heard.get(place.code[:5], 0),
            residents.get(place.code),
        )
        for place in districts_of(city)
    ]
    whole = Cover("", "", sum(known.values()), sum(heard.values()), residents.get(whole_code))
    named = {place.code[:5] for place in districts_of(city)}
    unplaced = sum(count for place, count in known.items() if place not in named)
    return Coverage(districts, whole, unplaced, on, source)


def _residents() -> tuple[dict[str, int], date | None, str]:
    """District code -> residents of both sexes and all ages, on the newest day that has them."""
    whole = ResidentCount.objects.filter(sex="", age_from=0, age_to=200)
    last = whole.order_by("-on").first()
    if last is None:
        return {}, None, ""
    rows = whole.filter(on=last.on).values_list("district_code", "residents")
    return dict(rows), last.on, last.source


def _whole_code(city: str) -> str:
    ending = WHOLE + "000"
    return next(
        (one.code for one in neighbourhoods() if one.city == city and one.code.endswith(ending)), ""
    )
