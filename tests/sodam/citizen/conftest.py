from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.support.voices import Office


@pytest.fixture
def office(busans_office: Office) -> Office:
    """Inside Busan: departments, a catalogue and people."""
    return busans_office


@pytest.fixture
def citizen(office: Office, city_client: Callable[..., Client]) -> Client:
    """A browser at Busan's front page."""
    return city_client("busan")
