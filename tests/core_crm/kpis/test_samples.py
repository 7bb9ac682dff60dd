"""Numbers to try a formula with: the whole city's of the newest month that has facts."""

from __future__ import annotations

from core_crm.common.contributions import Measure
from core_crm.kpis.models import DayFact
from core_crm.kpis.selectors import measures_of_city
from tests.conftest import ServedCity
from tests.sodam.staff.kpi_city import a_year
from tests.support.measures import adding

ANY = Measure(code="any", label_ko="끝낸 것", label_en="Closed", of="closed", where={})


def test_they_are_the_newest_months_sums_plugins_own_beside_them(busan: ServedCity) -> None:
    with adding() as given:
        given.append(ANY)
        a_year()
    newest = max(DayFact.objects.values_list("day", flat=True)).replace(day=1)
    rows = DayFact.objects.filter(day__gte=newest)
    found = measures_of_city(["closed", "settled", "x.busan.any", "x.busan.no_such"])
    closed = sum(row.closed for row in rows)
    assert closed > 0
    assert found == {
        "closed": closed,
        "settled": sum(row.settled for row in rows),
        "x.busan.any": closed,
    }


def test_before_there_are_facts_there_are_none(busan: ServedCity) -> None:
    assert measures_of_city(["closed"]) == {}
    assert measures_of_city([]) == {}
