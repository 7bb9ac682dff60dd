"""The figures of the ministry's pages: each a sentence, a table, and the same rows as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from core_crm.kpis.types import Indicator
from core_crm.national_reports.types import RegionValue, TrendLine, TrendPoint
from sodam.ministry import wording
from sodam.ministry.marks import SMALL_SAMPLE, Mark, why_no_value
from sodam.ministry.scene import Scene
from sodam.ministry.sentences import national_sentence, ranking_sentence, trend_sentence
from sodam.ui.figures import Chart, Column, Figure, Series, TableCell
from tenants.models import Region


def plain(value: Fraction | None, decimals: int) -> str:
    """A number as a spreadsheet reads it; nothing where there is none."""
    return "" if value is None else wording.number(value, decimals).replace(",", "")


def ranking_figure(scene: Scene) -> Figure:
    """The governments of the group, best first."""
    unit = wording.with_unit("", scene.marks.unit) if scene.marks.unit != "건" else _("건")
    columns = (
        Column(_("시·도")),
        Column(_("순위"), is_number=True),
        Column(f"{scene.measure_name} ({unit})" if unit else scene.measure_name, is_number=True),
        Column(_("앞달보다"), is_number=True),
        Column(_("표본"), is_number=True),
        Column(_("비고")),
    )
    return Figure(
        id="ranking",
        heading=_("순위"),
        sentence=f"{ranking_sentence(scene.marks)} {_national(scene)}",
        columns=columns,
        rows=tuple(_ranking_row(scene, mark) for mark in scene.marks.ranked),
        chart=None,
        csv_url=scene.csv_url("ministry_ranking"),
        definition_url=scene.definition_url,
        data_time=scene.data_time,
        note=_("빗금: 표본 %(count)s건 미만") % {"count": SMALL_SAMPLE},
    )


def _national(scene: Scene) -> str:
    return national_sentence(scene.nation, scene.indicator, scene.marks.decimals)


def _ranking_row(scene: Scene, mark: Mark) -> tuple[TableCell, ...]:
    decimals = scene.marks.decimals
    rank = "" if mark.rank is None else str(mark.rank)
    tied = _("공동 %(rank)s") % {"rank": rank} if mark.is_tied else rank
    known = mark.value is not None
    return (
        TableCell(mark.name, scene.url("ministry_region", mark.code, region=mark.code)),
        TableCell(tied or wording.NO_DATA, plain=rank),
        TableCell(mark.text, plain=plain(mark.value, decimals) if known else mark.text),
        TableCell(changed(mark.change, decimals), plain=plain(mark.change, decimals)),
        TableCell(_count(mark.base), plain="" if mark.base is None else str(mark.base)),
        TableCell(_("표본 작음") if mark.is_small else ""),
    )


def _count(value: int | None) -> str:
    return wording.NO_DATA if value is None else f"{value:,}"


def changed(change: Fraction | None, decimals: int) -> str:
    """`▲ 1.2`, `▼ 0.4`, `0.0`: the direction in a shape, not a colour."""
    if change is None:
        return wording.NO_DATA
    amount = wording.number(abs(change), decimals)
    if not any(digit in amount for digit in "123456789"):
        return amount
    return f"{'▲' if change > 0 else '▼'} {amount}"


def map_figure(scene: Scene) -> Figure:
    """The same values in the customary order of the governments."""
    figure = ranking_figure(scene)
    return replace(
        figure,
        id="map-table",
        heading=_("시·도별 %(measure)s") % {"measure": scene.measure_name},
        rows=tuple(_ranking_row(scene, mark) for mark in scene.marks.rows),
        csv_url=scene.csv_url("ministry_map"),
    )


def file_name(scene: Scene, figure: Figure) -> str:
    """`처리기간 단축률 2026-10 순위.csv`."""
    what = {"trend": _("추세"), "map-table": _("시·도")}.get(figure.id, figure.heading)
    return f"{scene.measure_name} {scene.asked.month:%Y-%m} {what}.csv"


def trend_figure(scene: Scene, lines: Sequence[TrendLine], unions: Sequence[Region]) -> Figure:
    """Months as rows, governments as columns; the nation beside them as a quiet line."""
    names = {line.code: _line_name(scene, line.code) for line in lines}
    months = [point.month for point in lines[0].points] if lines else []
    columns = (Column(_("달")), *(Column(names[line.code], is_number=True) for line in lines))
    rows = tuple(
        (
            TableCell(wording.month_named(month)),
            *(_point_cell(scene, line.points[n]) for line in lines),
        )
        for n, month in enumerate(months)
    )
    chosen = scene.selected_code
    return Figure(
        id="trend",
        heading=_("추세 · %(measure)s") % {"measure": scene.measure_name},
        sentence=trend_sentence(lines, chosen, names.get(chosen, ""), scene.indicator),
        columns=columns,
        rows=rows,
        chart=_trend_chart(scene, lines, names, unions),
        csv_url=scene.csv_url("ministry_trend"),
        definition_url=scene.definition_url,
        data_time=scene.data_time,
        note=_unions_note(unions),
    )


def _line_name(scene: Scene, code: str) -> str:
    if not code:
        return _("전국")
    return next((mark.name for mark in scene.marks.rows if mark.code == code), code)


def _point_cell(scene: Scene, point: TrendPoint) -> TableCell:
    decimals = scene.marks.decimals
    if point.value is None:
        reason = why_no_value(point.state, scene.indicator.fewest)
        return TableCell(reason)
    return TableCell(wording.number(point.value, decimals), plain=plain(point.value, decimals))


def _trend_chart(
    scene: Scene, lines: Sequence[TrendLine], names: dict[str, str], unions: Sequence[Region]
) -> Chart:
    months = [point.month for point in lines[0].points] if lines else []
    series = tuple(
        Series(
            name=names[line.code],
            values=tuple(_drawn(point.value, scene.marks.decimals) for point in line.points),
            is_quiet=not line.code,
        )
        for line in lines
    )
    target = None if scene.is_per_thousand else scene.indicator.target
    marks = tuple(
        (wording.month_short(union.valid_from), _union_name(union))
        for union in unions
        if union.valid_from.replace(day=1) in months
    )
    return Chart(
        kind="line",
        categories=tuple(wording.month_short(month) for month in months),
        series=series,
        unit=wording.with_unit("", scene.marks.unit),
        decimals=scene.marks.decimals,
        target=None if target is None else float(target),
        target_label="" if target is None else _("목표"),
        marks=marks,
    )


def _drawn(value: Fraction | None, decimals: int) -> float | None:
    return None if value is None else float(plain(value, decimals))


def _union_name(union: Region) -> str:
    name = union.name_en if wording.is_english() else union.short_name_ko
    return _("%(name)s 출범") % {"name": name}


def _unions_note(unions: Sequence[Region]) -> str:
    said = [f"{wording.month_named(one.valid_from)} {_union_name(one)}" for one in unions]
    return " · ".join(said)


def signed_value(one: RegionValue, indicator: Indicator) -> str:
    """A government's value with its unit, or why there is none."""
    if one.value is None:
        return why_no_value(one.state, indicator.fewest)
    return wording.valued(one.value, indicator)
