"""How long backups stay: 14 days, 8 weeks, 12 months, by Korea's calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from tenants.provisioning.archive.retention import kept
from tests.conftest import kst

LAST = kst("2026-11-25 03:00")


def nightly(nights: int) -> list[tuple[datetime, datetime]]:
    made = [LAST - timedelta(days=back) for back in range(nights)]
    return [(at, at) for at in made]


def test_the_last_fourteen_nights_stay() -> None:
    stay = kept(nightly(14))
    assert len(stay) == 14


def test_of_two_years_of_nights_fewer_than_forty_stay_and_the_oldest_is_a_year_old() -> None:
    stay = kept(nightly(730))
    assert stay >= {LAST - timedelta(days=back) for back in range(14)}
    assert min(stay) == kst("2025-12-31 03:00")
    assert len(stay) == 14 + 6 + 10  # two of the weeks and two of the months are among the days


def test_of_several_in_one_night_the_newest_stays() -> None:
    early, late = LAST - timedelta(hours=1), LAST
    older = [LAST - timedelta(days=back) for back in range(1, 30)]
    stay = kept([(at, at) for at in (early, late, *older)])
    assert late in stay
    assert early not in stay


def test_a_night_is_koreas() -> None:
    """03:00 in Seoul is still the day before in UTC: two backups of one Seoul day are one."""
    first, second = kst("2026-11-25 00:30"), kst("2026-11-25 10:00")
    assert kept([(1, first), (2, second)]) == {2}


def test_who_stood_still_for_a_year_keeps_what_there_is() -> None:
    old = [LAST - timedelta(days=400 + back) for back in range(14)]
    assert kept([(at, at) for at in old]) >= set(old)
