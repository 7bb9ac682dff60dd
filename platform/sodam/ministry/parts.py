"""The tables of one government's parts and months. What is held back is said in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from core_crm.national_reports.types import CellRow, Family, Slice
from sodam.ministry import wording
from sodam.ministry.drill import Place, label_of, place_url, slice_word
from sodam.ministry.marks import why_no_value
from sodam.ministry.scene import Scene
from sodam.ministry.tables import plain
from sodam.ui.figures import Chart, Column, Figure, Series, TableCell

COUNTS = (
    ("received", Family.RECEIVED),
    ("closed", Family.CLOSED),
    ("on_time", Family.CLOSED),
    ("rated", Family.RATED),
)


def slice_figure(scene: Scene, code: str, place: Place, rows: Sequence[CellRow]) -> Figure:
    """One row a part. Bureaus lead to their departments, all others to their months."""
    word = slice_word(place.slice)
    return Figure(
        id="parts",
        heading=_("%(part)s별 %(measure)s") % {"part": word, "measure": _measure(scene)},
        sentence=_slice_sentence(scene, rows),
        columns=_columns(scene, word),
        rows=tuple(_part(scene, code, place, row) for row in rows),
        chart=None,
        csv_url=f"{place_url(scene, code, place)}&format=csv",
        definition_url=scene.definition_url,
        data_time=scene.data_time,
        note=_note(),
    )


def months_figure(
    scene: Scene,
    code: str,
    place: Place,
    name: str,
    months: Sequence[tuple[date, CellRow | None]],
) -> Figure:
    """The last step: one part over the year."""
    figures = [row.figure(scene.indicator) if row else None for _month, row in months]
    values = [figure.value if figure else None for figure in figures]
    decimals = scene.indicator.decimals
    drawn = tuple(None if one is None else float(plain(one, decimals)) for one in values)
    target = scene.indicator.target
    chart = Chart(
        kind="line",
        categories=tuple(wording.month_short(month) for month, _row in months),
        series=(Series(name, drawn),),
        unit=wording.with_unit("", scene.indicator.unit),
        decimals=decimals,
        target=None if target is None else float(target),
        target_label="" if target is None else _("목표"),
    )
    known = sum(value is not None for value in values)
    return Figure(
        id="months",
        heading=_("달별 %(measure)s") % {"measure": _measure(scene)},
        sentence=_("%(name)s: 열두 달 가운데 %(count)s달의 값이 있습니다.")
        % {"name": name, "count": known},
        columns=_columns(scene, _("달")),
        rows=tuple(_month_row(scene, month, row) for month, row in months),
        chart=chart if known else None,
        csv_url=f"{place_url(scene, code, place)}&format=csv",
        definition_url=scene.definition_url,
        data_time=scene.data_time,
        note=_note(),
    )


def _measure(scene: Scene) -> str:
    return wording.labelled(scene.indicator)


def _note() -> str:
    return _("5 미만인 칸과, 빼서 그 칸을 알아낼 수 있는 칸은 보호합니다.")


def _columns(scene: Scene, first: str) -> tuple[Column, ...]:
    words = (_("접수"), _("종결"), _("기한 안 처리"), _("만족도 응답"))
    numbers = (_measure(scene), _("표본"), *words)
    return (Column(first), *(Column(word, is_number=True) for word in numbers))


def _part(scene: Scene, code: str, place: Place, row: CellRow) -> tuple[TableCell, ...]:
    is_bureau = place.slice == Slice.BUREAU and row.has_parts
    below = (
        Place(Slice.DEPARTMENT, bureau=row.key)
        if is_bureau
        else Place(place.slice, place.bureau, row.key)
    )
    name = TableCell(label_of(row), place_url(scene, code, below))
    return (name, *_numbers(scene, row))


def _month_row(scene: Scene, month: date, row: CellRow | None) -> tuple[TableCell, ...]:
    name = TableCell(wording.month_named(month))
    if row is None:
        return (name, *(TableCell(_("자료 없음")) for _n in range(len(COUNTS) + 2)))
    return (name, *_numbers(scene, row))


def _numbers(scene: Scene, row: CellRow) -> tuple[TableCell, ...]:
    figure = row.figure(scene.indicator)
    value = (
        TableCell(
            wording.valued(figure.value, scene.indicator),
            plain=plain(figure.value, scene.indicator.decimals),
        )
        if figure.value is not None
        else TableCell(why_no_value(figure.state, scene.indicator.fewest))
    )
    base = TableCell(_hidden()) if figure.base is None else _count(figure.base)
    return (value, base, *(_measured(row, name, family) for name, family in COUNTS))


def _measured(row: CellRow, name: str, family: Family) -> TableCell:
    return TableCell(_hidden()) if family in row.hidden else _count(row.measures[name])


def _count(value: int) -> TableCell:
    return TableCell(f"{value:,}", plain=str(value))


def _hidden() -> str:
    return _("5 미만 보호")


def _slice_sentence(scene: Scene, rows: Sequence[CellRow]) -> str:
    """The highest and lowest part, and how many are held back."""
    if not rows:
        if scene.is_running:
            return _("달이 끝나야 나누어 볼 수 있습니다. 끝난 달을 골라 주세요.")
        return _("이 달에는 나누어 볼 자료가 없습니다.")
    known = [(row.figure(scene.indicator).value, label_of(row)) for row in rows]
    valued = sorted((value, name) for value, name in known if value is not None)
    kept = len(known) - len(valued)
    said = _("%(total)s칸 가운데 %(count)s칸의 값이 있습니다.") % {
        "total": len(known),
        "count": len(valued),
    }
    if len(valued) < 2 or (not kept and valued[0][0] == valued[-1][0]):
        return said
    (low, lowest), (high, highest) = valued[0], valued[-1]
    best = _("%(name)s %(value)s 가장 높고") % {
        "name": wording.with_particle(highest, "이/가"),
        "value": wording.with_particle(wording.valued(high, scene.indicator), "으로/로"),
    }
    least = _("%(name)s %(value)s 가장 낮습니다.") % {
        "name": wording.with_particle(lowest, "이/가"),
        "value": wording.with_particle(wording.valued(low, scene.indicator), "으로/로"),
    }
    return f"{best} {least}" if not kept else f"{best} {least} {said}"
