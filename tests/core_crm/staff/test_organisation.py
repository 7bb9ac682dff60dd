"""The organisation as a tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from core_crm.staff.errors import DepartmentNotFound, OrganisationNotATree
from core_crm.staff.models import Department
from core_crm.staff.selectors import (
    department_by_code,
    department_list,
    department_tree,
    departments_under,
)
from core_crm.staff.services import department_load, organisation_load_standard
from core_crm.staff.services.organisation import organisation_rows
from core_crm.staff.types import DepartmentRow, LoadResult
from tenants.context import current_city, open_city_codes
from tests.conftest import ServedCity

FILES = sorted((Path(settings.FIXTURES_DIR) / "organisation").glob("*.csv"))
TEAM = DepartmentRow("road.light", "가로등팀", kind="team", parent_code="road", sort=3)
ROAD = DepartmentRow("road", "도로과", kind="department", parent_code="traffic", sort=2)
TRAFFIC = DepartmentRow("traffic", "교통국", kind="bureau", sort=1)


@pytest.fixture(autouse=True)
def nobody_there(busan: ServedCity) -> None:
    Department.objects.update(parent=None)
    Department.objects.all().delete()


def test_children_may_be_listed_before_their_parents() -> None:
    assert department_load([TEAM, ROAD, TRAFFIC]) == LoadResult(3, 0, 0)
    (bureau,) = department_tree()
    assert (bureau.code, bureau.depth) == ("traffic", 0)
    assert bureau.children[0].children[0].name_ko == "가로등팀"
    assert bureau.children[0].children[0].depth == 2


def test_loading_the_same_list_again_changes_nothing() -> None:
    department_load([TRAFFIC, ROAD])
    before = {d.code: d.id for d in department_list()}
    assert department_load([TRAFFIC, ROAD]) == LoadResult(0, 0, 2)
    assert {d.code: d.id for d in department_list()} == before


def test_a_department_that_moves_or_changes_its_name_stays_the_same_department() -> None:
    department_load([TRAFFIC, ROAD, TEAM])
    road = department_by_code("road")
    moved = replace(ROAD, name_ko="도로계획과", parent_code="")
    assert department_load([moved]) == LoadResult(0, 1, 0)
    assert department_by_code("road").id == road.id
    assert department_by_code("road").parent is None
    assert department_by_code("road.light").parent_id == road.id


@pytest.mark.parametrize(
    "rows",
    [
        [replace(ROAD, parent_code="nowhere")],
        [replace(TRAFFIC, parent_code="road"), ROAD],
        [TRAFFIC, TRAFFIC],
        [replace(TRAFFIC, parent_code="traffic")],
    ],
    ids=["unknown parent", "circle", "twice", "its own parent"],
)
def test_what_is_no_tree_is_refused_and_nothing_is_loaded(rows: list[DepartmentRow]) -> None:
    with pytest.raises(OrganisationNotATree):
        department_load(rows)
    assert not department_list().exists()


def test_a_list_that_closes_a_circle_with_what_is_there_is_refused() -> None:
    """Loading only the upper one, hung under its own child, was accepted and made a circle."""
    department_load([TRAFFIC, ROAD])
    with pytest.raises(OrganisationNotATree) as refused:
        department_load([replace(TRAFFIC, parent_code="road")])
    assert refused.value.facts == {"codes": ["road", "traffic"]}
    assert department_by_code("traffic").parent is None


def test_a_list_may_turn_two_departments_round() -> None:
    department_load([TRAFFIC, ROAD])
    assert department_load([replace(ROAD, parent_code="")]) == LoadResult(0, 1, 0)
    assert department_load([replace(TRAFFIC, parent_code="road")]) == LoadResult(0, 1, 0)


def test_a_circle_in_the_data_does_not_make_the_search_below_it_endless() -> None:
    department_load([TRAFFIC, ROAD, TEAM])
    traffic, road = department_by_code("traffic"), department_by_code("road")
    Department.objects.filter(pk=traffic.pk).update(parent=road)
    for start in (traffic, road):
        assert len(departments_under(start)) == len(set(departments_under(start))) == 3


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        department_load([replace(TRAFFIC, kind="kingdom")])


def test_all_below_a_department_are_found() -> None:
    department_load([TRAFFIC, ROAD, TEAM, replace(TRAFFIC, code="tax", name_ko="세정과")])
    assert len(departments_under(department_by_code("traffic"))) == 3
    assert departments_under(department_by_code("tax")) == [department_by_code("tax").id]


def test_a_code_nobody_has_is_said_so() -> None:
    with pytest.raises(DepartmentNotFound):
        department_by_code("nowhere")


def test_opening_a_city_loads_its_real_organisation_once() -> None:
    organisation_load_standard(current_city())
    count = department_list().count()
    organisation_load_standard(current_city())
    assert department_list().count() == count > 100
    assert "busan" in open_city_codes()


def test_what_a_city_made_of_its_organisation_stays_at_the_next_start() -> None:
    """Every start loaded the ordinance anew: renamed departments got their old names back."""
    organisation_load_standard(current_city())
    first = department_list()[0]
    department_load([DepartmentRow(code=first.code, name_ko="새 이름", kind=first.kind)])
    organisation_load_standard(current_city())
    assert department_by_code(first.code).name_ko == "새 이름"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_organisation_of_every_government_is_a_tree(path: Path) -> None:
    rows = organisation_rows(path)
    result = department_load(rows)
    assert (result.created, result.updated) == (len(rows), 0)
