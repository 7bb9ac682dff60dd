"""Customers beside residents as a figure; counts only where nobody loaded the residents."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core_crm.customers.selectors.coverage import Cover, Coverage
from sodam.staff.quality_query import QualityQuery
from sodam.staff.quality_words import number
from sodam.ui.figures import Chart, Column, Figure, Series, TableCell
from sodam.ui.words import bare_date


def quiet_sentence(found: Coverage) -> str:
    """`가장 소식이 드문 곳: 강서구 (주민 1,000명에 의견 0.2건).`"""
    quiet = found.quietest
    if quiet is None:
        return _("주민등록인구를 올리지 않아 견줄 수 없습니다. 수만 보입니다.")
    return _("가장 소식이 드문 곳: %(name)s (주민 1,000명에 의견 %(rate)s건).") % {
        "name": quiet.name,
        "rate": f"{quiet.voices_per_thousand or 0:.2f}",
    }


def coverage_figure(found: Coverage) -> Figure:
    """A 시·군·구 by line, all together last."""
    has_residents = found.residents_on is not None
    return Figure(
        id="coverage",
        heading=_("시·군·구별 고객과 주민"),
        sentence=quiet_sentence(found),
        columns=_columns(has_residents=has_residents),
        rows=tuple(
            _line(one, has_residents=has_residents) for one in (*found.districts, found.whole)
        ),
        chart=_chart(found, has_residents=has_residents),
        csv_url=QualityQuery().url("staff_quality_figure", "coverage"),
        definition_url="",
        data_time=_residents_told(found),
        note=_unplaced(found),
    )


def _columns(*, has_residents: bool) -> tuple[Column, ...]:
    heads = [_("아는 시민"), _("최근 1년 의견")]
    if has_residents:
        heads += [_("주민"), _("아는 비율 %"), _("주민 1,000명당 의견")]
    return (Column(_("시·군·구")), *(Column(head, is_number=True) for head in heads))


def _line(one: Cover, *, has_residents: bool) -> tuple[TableCell, ...]:
    counts: list[int | None] = [one.citizens, one.voices]
    cells = [_count(count) for count in [*counts, *([one.residents] if has_residents else [])]]
    if has_residents:
        cells += [_ratio(one.known_percent), _ratio(one.voices_per_thousand)]
    return (TableCell(one.name or _("시 전체")), *cells)


def _count(count: int | None) -> TableCell:
    return TableCell(
        "–" if count is None else number(count), plain=str("" if count is None else count)
    )


def _ratio(value: float | None) -> TableCell:
    return TableCell("–" if value is None else f"{value:.2f}")


def _chart(found: Coverage, *, has_residents: bool) -> Chart:
    """Voices for each thousand residents, or the counts of citizens."""
    names = tuple(one.name for one in found.districts)
    if has_residents:
        rates = tuple(one.voices_per_thousand for one in found.districts)
        return Chart("bar", names, (Series(_("주민 1,000명당 의견"), rates),), "", 2)
    counts = tuple(float(one.citizens) for one in found.districts)
    return Chart("bar", names, (Series(_("아는 시민"), counts),), "", 0)


def _residents_told(found: Coverage) -> str:
    if found.residents_on is None:
        return _("주민 수: 올린 통계 없음")
    told = {"source": found.source, "day": bare_date(found.residents_on)}
    return _("주민 수: %(source)s, %(day)s 기준") % told


def _unplaced(found: Coverage) -> str:
    if not found.unplaced_citizens:
        return ""
    return _("사는 곳을 모르거나 다른 시·도에 사는 시민 %(n)s명은 뺐습니다.") % {
        "n": number(found.unplaced_citizens)
    }
