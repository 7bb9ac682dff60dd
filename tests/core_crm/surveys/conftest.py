from __future__ import annotations

import pytest

from tests.support.voices import Office


@pytest.fixture
def office(busans_office: Office) -> Office:
    """Inside Busan: departments, a catalogue and people."""
    return busans_office
