"""The customers of a demo world: of some much is known, of others little, and some twice."""

from __future__ import annotations

from django.db.models import Q

from core_crm.common.predicates import read_predicate
from core_crm.customers.models import (
    AcquiredMember,
    Citizen,
    Consent,
    ConsentChange,
    CustomerNote,
    DatedFact,
    DuplicatePair,
    Household,
    Membership,
    Organisation,
    Participation,
    TimelineEntry,
)
from core_crm.customers.selectors import citizen_search, citizens_matching
from core_crm.customers.selectors.quality import quality_kept
from core_crm.segments.selectors import segment_list
from sodam.demo.building import fill
from sodam.demo.customers import BODIES, LISTED, OLD_NUMBER, TWICE
from tenants.context import serving_city
from tests.conftest import kst

NOW = kst("2026-11-24 14:30")


def test_a_filled_city_knows_its_citizens_more_or_less(two_cities: tuple[str, str]) -> None:
    fill("busan", voices=150, now=NOW)
    with serving_city("busan"):
        people = Citizen.objects.exclude(source="전통시장 상인 교육 수료자")
        total = people.count()
        for known in (~Q(sex=""), ~Q(address=""), Q(birth_on__isnull=False)):
            assert 0.3 * total < people.filter(known).count() < 0.8 * total
        assert not people.exclude(address="").filter(district_code="").exists()
        assert Organisation.objects.count() == len(BODIES)
        assert Membership.objects.count() == 2 * len(BODIES)
        for rows in (DatedFact, Household, Participation, CustomerNote):
            assert rows.objects.exists()
        assert Consent.objects.count() == ConsentChange.objects.count() > 0
        came = TimelineEntry.objects.filter(kind="participated")
        assert came.count() == Participation.objects.count()
        assert AcquiredMember.objects.filter(is_new=True).count() == LISTED


def test_segments_by_need_hold_somebody_and_the_data_was_counted(
    two_cities: tuple[str, str],
) -> None:
    fill("busan", voices=150, now=NOW)
    with serving_city("busan"):
        assert [one.code for one in segment_list() if not one.counted] == []
        assert segment_list().count() == 3
        assert quality_kept("citizens")[0] == NOW.date()


def test_some_are_known_twice_and_all_are_found(two_cities: tuple[str, str]) -> None:
    fill("busan", voices=150, now=NOW)
    with serving_city("busan"):
        twice = Citizen.objects.filter(phone__startswith=OLD_NUMBER, source="call").first()
        assert twice is not None
        found = citizen_search(twice.name)
        assert twice in found
        assert len([one for one in found if one.birth_on == twice.birth_on]) >= 2
        pairs = DuplicatePair.objects.filter(Q(left__source="call") | Q(right__source="call"))
        again = {pk for pair in pairs.values_list("left", "right") for pk in pair}
        late = Citizen.objects.filter(pk__in=again, birth_on__isnull=False)
        assert pairs.count() >= TWICE
        assert pairs.count() <= DuplicatePair.objects.count() <= TWICE + 2
        assert late.count() >= 2 * TWICE
        agreed = read_predicate({"op": "eq", "field": "consent.marketing.sms", "value": True})
        assert citizens_matching(agreed, today=NOW.date()).exists()
