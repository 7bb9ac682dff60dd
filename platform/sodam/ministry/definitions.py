"""N9: what every number means, generated from the documents that compute it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core_crm.kpis.selectors import indicator_list
from core_crm.kpis.types import Indicator
from core_crm.kpis.types.measures import MEASURES
from sodam.ministry import wording
from sodam.ministry.marks import SMALL_SAMPLE
from sodam.ui.figures import csv_answer
from sodam.ui.platform_pages import platform_page

HEADER = ("code", "name", "description", "formula", "unit", "target", "fewest", "version", "digest")


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator in words; `measures` are those its formula is made of, in their order."""

    code: str
    name: str
    description: str
    formula: str
    measures: tuple[tuple[str, str], ...]
    unit: str
    better: str
    target: str
    base: str
    fewest: int
    decimals: int
    source: str
    version: str
    digest: str


@platform_page("analyst")
def definitions(request: HttpRequest) -> HttpResponse:
    """Every indicator of the standard; `?format=csv`: the same as a file."""
    found = [_definition(one) for one in indicator_list()]
    if request.GET.get("format") == "csv":
        rows = [[str(getattr(one, name)) for name in HEADER] for one in found]
        return csv_answer(_("지표 정의.csv"), HEADER, rows)
    facts = {"definitions": found, "small_sample": SMALL_SAMPLE, "menu": "definitions"}
    return render(request, "ministry/definitions.html", facts)


def _definition(one: Indicator) -> Definition:
    is_english = wording.is_english()
    names = measure_names()
    used = one.formula.names | {one.base}
    return Definition(
        code=one.code,
        name=wording.labelled(one),
        description=one.description_en if is_english else one.description,
        formula=one.formula_source,
        measures=tuple((name, names[name]) for name in MEASURES if name in used),
        unit=one.unit
        if not is_english
        else {"점": "points", "건": "cases"}.get(one.unit, one.unit),
        better=wording.better_way(one.direction),
        target="" if one.target is None else wording.aimed(one.target, one),
        base=names[one.base],
        fewest=one.fewest,
        decimals=one.decimals,
        source=one.source_en if is_english else one.source,
        version=one.version,
        digest=one.digest,
    )


def measure_names() -> dict[str, str]:
    """What each measure counts, in words."""
    items = {
        "speed": _("신속"),
        "kindness": _("친절"),
        "fairness": _("공정"),
        "convenience": _("편의"),
    }
    scored = {
        f"{code}_{what}": word % {"item": name}
        for code, name in items.items()
        for what, word in (("sum", _("%(item)s 점수의 합")), ("count", _("%(item)s 응답 수")))
    }
    return {
        "received": _("접수한 의견"),
        "closed": _("종결한 의견"),
        "answered": _("완료한 의견"),
        "unable": _("불가로 끝난 의견"),
        "withdrawn": _("취하한 의견"),
        "transferred": _("이첩한 의견"),
        "settled": _("완료하거나 불가로 끝난 의견"),
        "on_time": _("기한 안에 끝난 의견"),
        "allowed_minutes": _("법정 처리기간의 합(분)"),
        "used_minutes": _("실제 처리기간의 합(분)"),
        "invited": _("만족도를 물은 의견"),
        "rated": _("만족도에 답한 의견"),
        "solved": _("해결되었다고 답한 의견"),
        "unsolved": _("해결되지 않았다고 답한 의견"),
        **scored,
    }
