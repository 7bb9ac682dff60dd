"""An object remembers its city: it cannot be saved, compared or followed in another one."""

from __future__ import annotations

import pickle

import pytest

from core_crm.staff.models import Department
from tenants.context import serving_city
from tenants.errors import WrongCity
from tenants.isolation.ids import uuid7

pytestmark = pytest.mark.usefixtures("two_cities")


def a_department() -> Department:
    return Department.objects.create(code="road", name_ko="도로안전과", kind="department")


def test_an_object_of_one_city_cannot_be_saved_in_another() -> None:
    with serving_city("busan"):
        road = a_department()
    with serving_city("seoul"), pytest.raises(WrongCity):
        road.save()


@pytest.mark.parametrize("act", ["delete", "refresh_from_db"])
def test_nor_deleted_nor_refreshed(act: str) -> None:
    with serving_city("busan"):
        road = a_department()
    with serving_city("seoul"), pytest.raises(WrongCity):
        getattr(road, act)()


def test_a_queryset_made_in_one_city_is_not_evaluated_in_another() -> None:
    with serving_city("busan"):
        a_department()
        departments = Department.objects.all()
        assert len(departments) == 1
    with serving_city("seoul"):
        with pytest.raises(WrongCity):
            len(departments)
        with pytest.raises(WrongCity):
            departments.filter(code="road").exists()


def test_an_object_of_one_city_is_no_value_in_another() -> None:
    with serving_city("busan"):
        road = a_department()
    with serving_city("seoul"):
        with pytest.raises(WrongCity):
            list(Department.objects.filter(parent=road))
        with pytest.raises(WrongCity):
            Department(code="b", name_ko="나", kind="team", parent=road)


def test_the_stamp_survives_pickling() -> None:
    with serving_city("busan"):
        kept = pickle.dumps(a_department())
    with serving_city("seoul"), pytest.raises(WrongCity):
        pickle.loads(kept).save()  # noqa: S301 - our own bytes


def test_ids_are_time_ordered_version_seven() -> None:
    made = [uuid7() for _ in range(50)]
    assert {one.version for one in made} == {7}
    assert len(set(made)) == 50
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)
