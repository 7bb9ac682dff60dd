"""The facts of all scenes with a city's archive, in a database of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.scenes import facts_of, place_of_its_own, played


@pytest.fixture(scope="session")
def facts() -> dict[str, Any]:
    """What the owner's process tells; Busan was filled by a serving process before."""
    environ = place_of_its_own("archive")
    played("tests.support.archive_city", environ=environ, process="serving")
    return facts_of("tests.support.archiving", environ=environ)
