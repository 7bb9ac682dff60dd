"""What governments have beside the standard is lived, too."""

from __future__ import annotations

from collections import Counter

import pytest

from core_crm.calendars import CityCalendar
from sodam.demo.dice import Dice
from sodam.demo.facts import categories, city_names, departments
from sodam.demo.own import own_categories, own_departments, own_values
from sodam.demo.places import Place
from sodam.demo.plan import CityPlan, plan_city
from sodam.demo.wordings import topics
from sodam.demo.writing import Blanks
from tests.conftest import kst

CITIES = sorted(code for code in city_names() if own_categories(code))
BLANKS = Blanks(Place("해운대구", "우동", "약국 앞 골목"), 3, "어제", "지난주부터")
DICE = Dice.of("test")


def planned(city: str) -> CityPlan:
    now = kst("2026-11-24 10:00")
    own = own_categories(city)
    return plan_city(city, voices=300, now=now, calendar=CityCalendar(), own=own)


def test_all_sixteen_have_categories_of_their_own() -> None:
    assert len(CITIES) == 16


@pytest.mark.parametrize("city", CITIES)
def test_each_of_them_is_written_about(city: str) -> None:
    own = own_categories(city)
    assert set(topics(city)) == set(topics()) | set(own)
    assert set(categories(city)) == set(categories()) | set(own)
    for code in own:
        for problem in topics(city)[code].problems:
            assert topics(city)[code].unable_for(problem)
            for way in problem.ways:
                for phrase in (*way.titles, way.what, *way.effects, *way.done):
                    assert "{" not in BLANKS.fill(phrase)


@pytest.mark.parametrize("city", CITIES)
def test_its_own_departments_are_departments_of_the_city(city: str) -> None:
    codes = {unit.code for unit in departments(city)}
    assert set(own_departments(city).values()) <= codes


def test_jeju_hears_of_visits_in_its_administrative_cities() -> None:
    voices = [one.past for one in planned("jeju").voices]
    chosen = Counter(voice.attributes.get("haengjeongsi") for voice in voices)
    assert set(chosen) == {"jeju", "seogwipo"}
    visits = [voice for voice in voices if voice.category == "tourism"]
    assert visits
    assert {voice.attributes["visit_kind"] for voice in visits} <= {"transport", "food", "sight"}


def test_a_city_without_its_overlay_hears_of_standard_matters_only() -> None:
    now = kst("2026-11-24 10:00")
    plan = plan_city("jeju", voices=200, now=now, calendar=CityCalendar())
    assert {one.past.category for one in plan.voices} <= set(categories())
    assert not any(one.past.attributes for one in plan.voices)


def test_a_place_is_chosen_by_its_city_not_by_its_district() -> None:
    known = {"category": "road", "channel": "portal", "language": "ko"}
    place = ("수원시 장안구", "정자동")
    chosen = own_values("gyeonggi", known=known, problem="hole", place=place, dice=DICE)
    assert chosen == {"sigun": "suwon"}


def test_a_field_that_is_not_asked_is_not_filled() -> None:
    known = {"category": "road", "channel": "portal", "language": "ko"}
    place = ("해운대구", "우동")
    assert own_values("busan", known=known, problem="hole", place=place, dice=DICE) == {}
