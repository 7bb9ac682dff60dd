"""`/studio/kpi` (평가요소및기준관리): all indicators, what they weigh and how they are judged."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customization.public import InForce, ground, in_force, plan_tree
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.kpi_table import (
    CONTRACT,
    KPI,
    KpiTable,
    column_words,
    contracts_of,
    lines_of,
    sums_of,
)
from sodam.studio.saving import is_unchanged, may_change, proposed


@require_http_methods(["GET", "POST"])
@studio_page
def kpi_table(request: StudioRequest) -> HttpResponseBase:
    """The table; saving makes a change of all that was typed."""
    found = in_force()
    typed = request.POST if request.method == "POST" else None
    form = KpiTable(typed, tree=found.tree, is_open=may_change(request))
    if form.is_bound and form.is_valid():
        wanted = form.wanted()
        if is_unchanged(wanted, found=found):
            form.add_error(None, _("바뀐 값이 없습니다."))
        else:
            _check(form, wanted)
        if form.is_valid():
            title = request.POST.get("title", "").strip() or _("평가 기준 고치기")
            return proposed(request, wanted, title=title)
    return _shown(request, found, form)


def _check(form: KpiTable, wanted: dict[str, Any]) -> None:
    """What is wrong, beside the field it is about; sums and the like at the top."""
    for one in plan_tree(wanted).problems:
        if one.path[0] in (KPI, CONTRACT):
            form.add_error(form.name_at(one.path), one.message)


def _shown(request: StudioRequest, found: InForce, form: KpiTable) -> HttpResponseBase:
    facts = {
        "form": form,
        "lines": lines_of(form, ground(found.standard_version)),
        "columns": column_words(),
        "contracts": contracts_of(form),
        "sums": sums_of(form),
        "may_change": may_change(request),
        "change_title": request.POST.get("title", ""),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "kpi",
    }
    return show(request, "studio/kpi.html", facts, status=422 if form.errors else 200)
