"""Every test of the staff face begins in a Busan that has its departments and its catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import grounds

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What `kit` would load at each test's first voice stands there, unless it stands elsewhere."""
    for item in items:
        fixtures = getattr(item, "fixturenames", [])
        if item.path.parent == HERE and "busan" in fixtures and not grounds.wanted(fixtures):
            fixtures.append("busans_desk")
