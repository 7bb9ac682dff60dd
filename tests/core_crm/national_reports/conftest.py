from __future__ import annotations

from collections.abc import Iterator

import pytest

from core_crm.national_reports.models import (
    NationalCell,
    NationalRegion,
    NationalRun,
    NationalSubmission,
)
from tenants.context import serving_rollup


@pytest.fixture
def nation(two_cities: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Busan and Seoul without facts, and the ministry's tables empty before and after."""
    _empty()
    yield two_cities
    _empty()


def _empty() -> None:
    with serving_rollup():
        for model in (NationalCell, NationalSubmission, NationalRun, NationalRegion):
            model.objects.all().delete()
