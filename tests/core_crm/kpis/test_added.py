"""Measures of plugins: counted as the core's own, kept up day by day, gone with the plugin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from core_crm.calendars import SEOUL
from core_crm.common.contributions import Measure
from core_crm.extension_points import Document, document
from core_crm.kpis.models import DayFact, DirtyDay, ExtraFact, FactDay
from core_crm.kpis.selectors import (
    facts_are_dirty,
    indicator_of,
    kpi_grid,
    measure_fault,
    measures_wrong,
    sheet_of,
)
from core_crm.kpis.services import facts_refresh
from core_crm.kpis.types import Indicator, Level, ScoreItem, Span
from core_crm.surveys.models import SurveyInvitation
from core_crm.voices.models import Voice
from core_crm.voices.services import voice_assign, voice_reopen
from core_crm.voices.services.filling import voice_fill_in
from tests.conftest import ServedCity, kst
from tests.core_crm.kpis.test_refresh import closed, deliver
from tests.sodam.staff.kpi_city import a_year
from tests.support.forms import use_form
from tests.support.measures import adding
from tests.support.voices import Office, a_voice, a_voice_in_work, an_office

NOW = kst("2026-12-01 10:00")
FAST = Measure(
    code="fast",
    label_ko="법정 시간의 절반 안에 끝낸 의견",
    label_en="Settled within half of the lawful time",
    of="closed",
    where={"all": [{"op": "eq", "field": "outcome", "value": "answered"},
                   {"op": "le", "field": "used_percent", "value": 50}]},
)  # fmt: skip
Use = Callable[..., None]


@pytest.fixture
def use() -> Iterator[Use]:
    """`use(measure, …)`: these are what plugins add now; `use()`: nothing."""

    with adding() as given:

        def these(*measures: Measure) -> None:
            given[:] = measures

        yield these


def measure(of: str, **more: Any) -> Measure:
    given = {"code": "own", "label_ko": "우리", "label_en": "Own", "where": {}, **more}
    return Measure(of=of, **given)  # type: ignore[arg-type]


def counted(code: str = "x.busan.fast") -> dict[str, int]:
    """Day -> the measure, added up."""
    found: Counter[str] = Counter()
    for row in ExtraFact.objects.filter(code=code):
        found[row.day.isoformat()] += row.value
    return dict(found)


def indicator(formula: str, base: str = "settled") -> Indicator:
    body = {
        **document("kpi", "on_time").body,
        "formula": formula,
        "base": base,
        "evaluation": {"method": "linear", "floor": 0, "ceiling": 100},
    }
    return indicator_of(Document.of("kpi", "own", body, version="1.0"))


@pytest.fixture
def year(busan: ServedCity, use: Use) -> Office:
    use(FAST, measure("rated", code="kind", field="kindness"), measure("received", code="in"))
    return a_year()


def test_it_counts_the_rows_its_predicate_chooses(year: Office) -> None:
    expected: Counter[str] = Counter()
    for voice in Voice.objects.filter(outcome="answered", closed_at__isnull=False):
        assert voice.closed_at is not None
        if (voice.used_minutes or 0) * 2 <= (voice.allowed_minutes or 0):
            expected[voice.closed_at.astimezone(SEOUL).date().isoformat()] += 1
    assert counted() == dict(expected)
    assert sum(expected.values()) > 3


def test_it_adds_up_marks_on_the_day_of_the_invitation(year: Office) -> None:
    expected: Counter[str] = Counter()
    for asked in SurveyInvitation.objects.filter(answer__isnull=False).select_related("answer"):
        expected[asked.recorded_at.astimezone(SEOUL).date().isoformat()] += asked.answer.kindness
    assert counted("x.busan.kind") == dict(expected)
    core = DayFact.objects.filter(kindness_sum__gt=0).count()
    assert ExtraFact.objects.filter(code="x.busan.kind").count() == core


def test_its_facts_have_the_keys_of_the_cores(year: Office) -> None:
    keys = ("day", "department", "officer", "petition_class", "is_compound", "channel", "category")
    core = {tuple(row[key] for key in keys) for row in DayFact.objects.values(*keys)}
    for row in ExtraFact.objects.values(*keys):
        assert tuple(row[key] for key in keys) in core
    receipts = DayFact.objects.filter(received__gt=0)
    assert sum(counted("x.busan.in").values()) == sum(row.received for row in receipts)


def test_kept_up_by_what_happens_it_is_what_a_full_refresh_gives(
    busan: ServedCity, use: Use
) -> None:
    answered = {"op": "eq", "field": "outcome", "value": "answered"}
    of_civil = {"op": "eq", "field": "department", "value": "a1.civil"}
    told = measure("received", code="told", where=answered)
    use(FAST, told, measure("rated", code="civil", where=of_civil))
    office = an_office()
    first = closed(office, NOW)
    facts_refresh(now=NOW)
    assert counted() == {"2026-12-01": 1}
    steps: list[Callable[[], Any]] = [
        lambda: closed(office, NOW + timedelta(days=1)),
        lambda: a_voice(NOW + timedelta(days=1), received_at=NOW - timedelta(days=40)),
        lambda: voice_reopen(first, reason="또요.", now=NOW + timedelta(days=2)),
        lambda: voice_assign(
            Voice.objects.get(pk=first.pk), department=office.civil, by=office.agent, now=NOW
        ),
    ]
    for step in steps:
        step()
        deliver()
        kept = facts_refresh(now=NOW + timedelta(days=2))
        extra = sorted(ExtraFact.objects.values_list("day", "code", "department", "value"))
        full = facts_refresh(now=NOW + timedelta(days=2), full=True)
        assert full.digest == kept.digest
        assert sorted(ExtraFact.objects.values_list("day", "code", "department", "value")) == extra
    assert counted("x.busan.told") == {"2026-12-02": 1}


def test_nothing_changes_where_nothing_is_added_and_all_is_as_before_when_it_goes(
    busan: ServedCity, use: Use
) -> None:
    office = an_office()
    closed(office, NOW)
    plain = facts_refresh(now=NOW).digest
    use(FAST)
    assert facts_are_dirty()
    with_it = facts_refresh(now=NOW)
    assert (with_it.digest != plain, with_it.days) == (True, 1)
    assert not facts_are_dirty()
    assert facts_refresh(now=NOW).digest == with_it.digest
    assert not DirtyDay.objects.exists()
    use()
    assert facts_are_dirty()
    assert facts_refresh(now=NOW).digest == plain
    assert not ExtraFact.objects.exists()
    use(FAST)
    assert facts_refresh(now=NOW).digest == with_it.digest, "the same again"


def test_another_definition_under_the_same_code_is_counted_anew(
    busan: ServedCity, use: Use
) -> None:
    use(FAST)
    closed(an_office(), NOW)
    facts_refresh(now=NOW)
    never = {"op": "gt", "field": "used_percent", "value": 5000}
    use(measure("closed", code="fast", where=never))
    facts_refresh(now=NOW)
    assert counted() == {}


@pytest.mark.parametrize("level", [Level.BUREAU, Level.DEPARTMENT, Level.OFFICIAL])
@pytest.mark.parametrize("by_compound", [True, False])
def test_a_formula_may_use_it_in_every_row_of_the_grid(
    year: Office, use: Use, level: Level, by_compound: bool
) -> None:
    """What every closing counts as is the core's `closed` over again."""
    name = "x.busan.all"
    use(measure("closed", code="all"))
    facts_refresh(now=NOW)
    mine, own = indicator(name, base=name), indicator("closed", base="closed")
    for narrowing in ({}, {"bureau": "a1"}, {"petition_class": "grievance"}):
        given = {"year": 2025, "now": NOW, "level": level, "by_compound": by_compound, **narrowing}
        ours, theirs = kpi_grid(mine, **given), kpi_grid(own, **given)  # type: ignore[arg-type]
        assert [[cell.value for cell in (*row.cells, row.year)] for row in ours.rows] == [
            [cell.value for cell in (*row.cells, row.year)] for row in theirs.rows
        ]
        assert ours.total.year.value == theirs.total.year.value


def test_scores_use_it_and_where_it_counts_nothing_it_is_zero(year: Office, use: Use) -> None:
    share = indicator("round(x.busan.fast / settled * 100, 1)")
    span, given = Span.read("2025"), {"level": "department", "now": NOW}
    rows = sheet_of([ScoreItem(share, share.weight)], span, **given).rows  # type: ignore[arg-type]
    values = {row.department_name: row.scores[0].value for row in rows}
    assert values["여권과"] is not None
    assert all(value is not None for value in values.values())
    use()
    facts_refresh(now=NOW)
    gone = sheet_of([ScoreItem(share, share.weight)], span, **given).rows  # type: ignore[arg-type]
    assert {row.scores[0].value for row in gone} == {None}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"where": {"op": "within_days", "field": "received_at", "value": 3}}, "날마다"),
        ({"where": {"op": "eq", "field": "phase", "value": "received"}}, "달라질 수"),
        ({"where": {"op": "eq", "field": "citizen", "value": "x"}}, "없는 항목"),
        ({"where": {"op": "eq"}}, "빠져"),
        ({"field": "title"}, "더할 수 있는 수"),
        ({"of": "rated", "field": "used_minutes"}, "더할 수 있는 수"),
    ],
)
def test_what_cannot_be_counted_exactly_is_named_and_left_out(
    busan: ServedCity, use: Use, changes: dict[str, Any], word: str
) -> None:
    bad = measure(**{"of": "closed", "code": "bad", **changes})
    assert word in measure_fault(bad)
    use(bad, FAST)
    assert set(measures_wrong()) == {"x.busan.bad"}
    closed(an_office(), NOW)
    facts_refresh(now=NOW)
    assert set(ExtraFact.objects.values_list("code", flat=True)) == {"x.busan.fast"}
    assert FactDay.objects.count() == 1


PLACE = {"label": {"ko": "어디"}, "type": "text"}
OF_PLACE = {"op": "eq", "field": "field.place_kind", "value": "학교 앞"}


def test_it_may_ask_of_the_citys_own_fields_and_hears_of_their_changes(
    busan: ServedCity, use: Use
) -> None:
    office = an_office()
    use_form({"place_kind": PLACE})
    use(measure("received", code="place", where=OF_PLACE))
    voice = a_voice_in_work(office, NOW)
    facts_refresh(now=NOW)
    assert counted("x.busan.place") == {}
    voice_fill_in(voice, values={"place_kind": "학교 앞"}, by=office.officer, now=NOW)
    deliver()
    kept = facts_refresh(now=NOW)
    assert counted("x.busan.place") == {"2026-12-01": 1}
    assert facts_refresh(now=NOW, full=True).digest == kept.digest


def test_what_will_be_forgotten_cannot_be_counted(busan: ServedCity) -> None:
    use_form({"place_kind": {**PLACE, "retention_days": 30}})
    assert "지워져" in measure_fault(measure("received", where=OF_PLACE))
