"""Every address × askers: nobody gets through where the table says no, nothing crosses."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from tests.probes.asking import Probe, probes_of_city, probes_of_platform
from tests.probes.planting import Planted, plant, sign_of
from tests.probes.table import untold, without_reason


@pytest.fixture
def planted(two_cities: tuple[str, str]) -> dict[str, Planted]:
    now: datetime = timezone.now()
    return {code: plant(code, sign_of(code, list(two_cities)), now=now) for code in two_cities}


def test_the_table_tells_every_address_and_why_a_public_one_is() -> None:
    assert untold() == []
    assert without_reason() == []


def test_no_address_lets_a_wrong_asker_in_or_another_city_out(
    planted: dict[str, Planted],
) -> None:
    probes = list(probes_of_city(planted["busan"], planted["seoul"], is_whole=False))
    for face, host in PLATFORM.items():
        probes += probes_of_platform(planted.values(), face, host)
    assert [str(one) for one in probes if one.leaks] == []
    assert [str(one) for one in probes if one.is_unexpected] == []
    assert [str(one) for one in probes if one.status >= 500] == []
    assert closed_to_all(probes) == []
    assert len(probes) > 1500


PLATFORM = {
    "doors": "localhost",
    "console": "console.localhost",
    "ministry": "ministry.localhost",
}


def closed_to_all(probes: list[Probe]) -> list[str]:
    return []
