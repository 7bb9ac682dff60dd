from __future__ import annotations

import pytest

from tests.conftest import ServedCity
from tests.support.voices import Office, an_office


@pytest.fixture
def office(busan: ServedCity) -> Office:
    """Inside Busan: departments, a catalogue and people."""
    return an_office()
