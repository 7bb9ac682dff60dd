"""Every address × askers: nobody gets through where the table says no, nothing crosses."""

from __future__ import annotations

import logging

import pytest
from django.utils import timezone

from tests.probes.asking import RIGHT, closed_to_the_right_user, probes_of_city, probes_of_platform
from tests.probes.planting import Planted, plant, sign_of
from tests.probes.scanning import everything_kept
from tests.probes.table import untold, without_reason

PLATFORM = {
    "doors": "localhost",
    "console": "console.localhost",
    "ministry": "ministry.localhost",
}


@pytest.fixture
def planted(two_cities: tuple[str, str]) -> dict[str, Planted]:
    now = timezone.now()
    return {code: plant(code, sign_of(code, list(two_cities)), now=now) for code in two_cities}


def test_the_table_tells_every_address_and_why_a_public_one_is() -> None:
    assert untold() == []
    assert without_reason() == []


@pytest.mark.timeout(600)  # some 2,500 requests: fifteen seconds on a quiet machine
def test_no_address_lets_a_wrong_asker_in_or_another_city_out(
    planted: dict[str, Planted], caplog: pytest.LogCaptureFixture
) -> None:
    busan, seoul = planted["busan"], planted["seoul"]
    with caplog.at_level(logging.INFO):
        probes = list(probes_of_city(busan, seoul, is_whole=False))
        for face, host in PLATFORM.items():
            probes += probes_of_platform(planted.values(), face, host)
    assert [str(one) for one in probes if one.leaks] == []
    assert [str(one) for one in probes if one.is_unexpected] == []
    assert [str(one) for one in probes if one.status >= 500] == []
    assert closed_to_the_right_user(probes) == []
    assert len(probes) > 1500
    assert sum(one.tells_own for one in probes if one.asker == RIGHT) > 20, "canaries are seen"
    assert not any(city.tells(caplog.text) for city in planted.values())
    assert everything_kept(planted) == []
