"""The check before an import, through the engine: it counts as the run will, and leaves nothing."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from core_crm.customers.models import Citizen, Occasion, Organisation, Participation
from core_crm.imports.models import ImportBatch
from core_crm.imports.services import (
    batch_look,
    batch_map,
    batch_open,
    batch_plan,
    batch_run,
    batch_work,
)
from core_crm.imports.types import ImportOptions
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-25 10:00")
COUNTS = ("rows", "created", "updated", "skipped", "refused")
FILES = {
    "citizens": (
        "이름,휴대전화,성별\n김검사,010-0000-7001,\n김검사,010-0000-7001,여\n이검사,010-12,\n"
    ),
    "organisations": "이름,전화\n검사어린이집,051-000-7001\n,051-000-7002\n",
    "participations": (
        "행사,방문일,이름,휴대전화\n검사 박물관,2026-03-02,김관람,010-0000-7003\n"
        "검사 박물관,2026-13-02,이관람,010-0000-7004\n"
    ),
}


def opened(kind: str) -> ImportBatch:
    file = ContentFile(FILES[kind].encode(), name=f"{kind}.csv")
    batch = batch_open(kind, file, ImportOptions(source="검사"), by=None, now=NOW)
    batch_map(batch, {one.name: one.field for one in batch_look(batch).columns if one.field})
    return batch


def held() -> list[int]:
    return [model.objects.count() for model in (Citizen, Organisation, Occasion, Participation)]


@pytest.mark.parametrize("kind", FILES)
def test_it_writes_nothing_and_counts_as_the_run_does(busan: ServedCity, kind: str) -> None:
    batch, before = opened(kind), held()
    plan = batch_plan(batch, now=NOW)
    assert held() == before
    assert (plan.created, plan.refused) == (1, 1)
    batch_run(batch, by=None, now=NOW)
    while batch_work(batch.pk, now=NOW):
        pass
    batch.refresh_from_db()
    assert [getattr(batch, one) for one in COUNTS] == [getattr(plan, one) for one in COUNTS]
    assert held() != before
