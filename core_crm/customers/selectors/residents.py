"""How many people live here: the registered residents, by sex, district and age (주민등록인구).

By sex for every government from fixtures/regions/residents.csv (행정안전부, 2025-09); what is finer
only where the operator loaded it. Nothing is reckoned where there is no figure.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from core_crm.common.districts import WHOLE
from core_crm.customers.models import ResidentCount

SOURCE = "행정안전부 주민등록 인구통계"
WHOLE_CITY = "00000000"


@dataclass(frozen=True, slots=True)
class Residents:
    """Residents by group (a sex, a district's code, ages as `20-29`), on a day, from a source."""

    by_group: Mapping[str, int]
    counted_on: date
    source: str

    @property
    def total(self) -> int:
        return sum(self.by_group.values())


def residents_by_sex(city: str) -> Residents | None:
    """Of a whole government: the loaded figures, else those that we bring along."""
    loaded = _newest(_of_city().exclude(sex=""))
    if loaded is None:
        return _brought_along().get(city)
    return _told(loaded, "sex")


def residents_by_district() -> Residents | None:
    """Of the city being served by 시·군·구; None when nothing was loaded."""
    districts = ResidentCount.objects.filter(district_code__endswith=WHOLE)
    loaded = _newest(districts.exclude(district_code__endswith=WHOLE_CITY))
    return None if loaded is None else _told(loaded, "district_code")


def residents_by_age() -> Residents | None:
    """Of the city being served by years of age; None when nothing was loaded."""
    loaded = _newest(_of_city().exclude(age_from=0, age_to=200))
    if loaded is None:
        return None
    counts: dict[str, int] = {}
    for row in _without_sums(loaded):
        band = f"{row.age_from}-{row.age_to}"
        counts[band] = counts.get(band, 0) + row.residents
    return _of_rows(loaded, counts)


def residents_loaded() -> QuerySet[ResidentCount]:
    """What the operator loaded, the newest day first."""
    return ResidentCount.objects.order_by("-on", "district_code", "age_from", "sex")


def _of_city() -> QuerySet[ResidentCount]:
    return ResidentCount.objects.filter(district_code__endswith=WHOLE_CITY)


def _newest(found: QuerySet[ResidentCount]) -> QuerySet[ResidentCount] | None:
    """The rows of the newest day among these; None when there are none."""
    day = found.aggregate(day=Max("on"))["day"]
    return None if day is None else found.filter(on=day)


def _told(rows: QuerySet[ResidentCount], column: str) -> Residents | None:
    """Sums by a column: of all ages where such rows are, else of the ages together."""
    whole = rows.filter(age_from=0, age_to=200)
    chosen = _without_sums(whole if whole.exists() else rows)
    summed = chosen.order_by().values(column).annotate(n=Sum("residents"))
    return _of_rows(rows, {one[column]: one["n"] for one in summed})


def _without_sums(rows: QuerySet[ResidentCount]) -> QuerySet[ResidentCount]:
    """By sex where the sexes are told apart: the row of both would count everybody twice."""
    apart = rows.exclude(sex="")
    return apart if apart.exists() else rows


def _of_rows(rows: QuerySet[ResidentCount], counts: Mapping[str, int]) -> Residents | None:
    first = rows.first()
    if first is None:
        return None
    return Residents(dict(sorted(counts.items(), key=_by_age)), first.on, first.source)


def _by_age(one: tuple[str, int]) -> tuple[int, str]:
    start = one[0].partition("-")[0]
    return (int(start) if start.isdigit() else 0, one[0])


@lru_cache(maxsize=1)
def _brought_along() -> Mapping[str, Residents]:
    """By our code of the government; one that joined two others has the sum of both."""
    path = Path(settings.FIXTURES_DIR) / "regions" / "residents.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    newest = max(date.fromisoformat(row["counted_on"]) for row in rows)
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        for region in filter(None, (row["region"], row["successor"])):
            counts = found.setdefault(region, {})
            counts[row["sex"]] = counts.get(row["sex"], 0) + int(row["residents"])
    return {region: Residents(counts, newest, SOURCE) for region, counts in found.items()}
