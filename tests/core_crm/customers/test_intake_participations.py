"""Rows of visitors becoming visits of people, known or new; and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from core_crm.customers.models import Citizen, Occasion, Participation, TimelineEntry
from core_crm.customers.services.intake_citizens import CitizenRows
from core_crm.customers.services.intake_participations import ParticipationRows
from core_crm.imports.types import MatchPolicy, RowOutcome, RowResult, Taking
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-25 10:00")
KIM = {"name": "김관람", "phone": "010-0000-1111"}
VISIT = KIM | {"occasion": "소담 박물관", "on": "2026-10-03", "venue": "본관"}


def taking(**more: Any) -> Taking:
    given = {"batch_id": uuid4(), "source": "박물관", "policy": MatchPolicy.FILL, "now": NOW}
    return Taking(**{"acquired_list_id": None, **given, **more})


def take(*rows: Mapping[str, str], by: Taking | None = None) -> list[RowResult]:
    return ParticipationRows().take(rows, by or taking())


def outcomes(results: list[RowResult]) -> list[RowOutcome]:
    return [result.outcome for result in results]


def test_visits_of_known_and_new_people_stand_on_their_history(busan: ServedCity) -> None:
    CitizenRows().take([KIM], taking())
    stranger = VISIT | {"name": "이새로", "phone": "010-0000-2222", "on": "2026-10-05"}
    assert outcomes(take(VISIT, VISIT, stranger)) == [
        RowOutcome.CREATED,
        RowOutcome.SKIPPED,
        RowOutcome.CREATED,
    ]
    occasion = Occasion.objects.get(name="소담 박물관")
    assert (occasion.starts_on, occasion.ends_on) == (date(2026, 10, 3), date(2026, 10, 5))
    known = Citizen.objects.get(name="김관람")
    line = TimelineEntry.objects.get(citizen=known)
    assert (line.summary, line.about_id, line.at) == (
        "소담 박물관",
        occasion.pk,
        kst("2026-10-03 12:00"),
    )


def test_the_same_file_again_adds_nothing_and_later_days_let_it_grow(busan: ServedCity) -> None:
    take(VISIT)
    assert outcomes(take(VISIT, VISIT | {"on": "2026-11-01"})) == [
        RowOutcome.SKIPPED,
        RowOutcome.CREATED,
    ]
    assert Occasion.objects.get(name="소담 박물관").ends_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"occasion": ""}, "occasion"),
        ({"on": ""}, "on"),
        ({"on": "2027-01-01"}, "on"),
        ({"phone": ""}, "phone"),
    ],
)
def test_a_refused_row_names_its_field(busan: ServedCity, row: dict[str, str], field: str) -> None:
    (result,) = take(VISIT | row)
    assert (result.outcome, result.field) == (RowOutcome.REFUSED, field)


def test_taken_back_with_whom_nobody_knew_before(busan: ServedCity) -> None:
    CitizenRows().take([KIM], taking())
    stranger = VISIT | {"name": "이새로", "phone": "010-0000-2222"}
    results = take(VISIT, stranger)
    ids = [result.object_id for result in results if result.object_id]
    assert ParticipationRows().used(ids, None) == set()
    ParticipationRows().remove(ids)
    assert not Participation.objects.filter(pk__in=ids).exists()
    assert not TimelineEntry.objects.filter(kind="participated").exists()
    assert list(Citizen.objects.filter(name__in=["김관람", "이새로"]).values_list("name")) == [
        ("김관람",)
    ]
