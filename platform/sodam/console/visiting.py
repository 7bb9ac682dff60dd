"""`/cities/<code>/enter`: an operator asks to look into a city, says why, and gets a link once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core_crm.audit.errors import VisitNotReasoned
from core_crm.audit.selectors import link_lives_until, visit_get
from core_crm.audit.services import visit_ask, visit_token
from core_crm.audit.types import VISIT_ASKED
from sodam.console.acting import actor_of, note
from sodam.ui.platform_pages import address_of, platform_page
from tenants.context import serving_city
from tenants.directory import by_code
from tenants.errors import UnknownCity
from tenants.types import OPEN, CityRef

MINUTES = (15, 30, 60, 120)


class EnterForm(forms.Form):
    """Why, and for how long."""

    reason = forms.CharField(
        label=gettext_lazy("왜 들어가나요?"),
        help_text=gettext_lazy(
            "열 글자 이상. 시·도의 직원이 그대로 봅니다. 시민의 이름이나 연락처는 쓰지 마세요."
        ),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": gettext_lazy("왜 들어가는지 열 글자 이상으로 써 주세요.")},
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("얼마 동안 보나요?"),
        coerce=int,
        choices=lambda: [(one, _("%(n)d분") % {"n": one}) for one in MINUTES],
        initial=30,
    )


@never_cache
@require_http_methods(["GET", "POST"])
@platform_page("operator", "approver")
def city_enter(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask (`POST`), then the link (`?visit=`); it opens once, within five minutes."""
    city = _open_city(code)
    if request.method == "GET" and "visit" in request.GET:
        return _link(request, city)
    form = EnterForm(request.POST if request.method == "POST" else None, auto_id="enter-%s")
    if form.is_valid() and (visit_id := _asked(request, city, form)):
        own = reverse("console_city_enter", args=[code])
        return HttpResponseRedirect(f"{own}?visit={visit_id}", status=303)
    return _page(request, city, status=422 if form.errors else 200, form=form)


def _asked(request: HttpRequest, city: CityRef, form: EnterForm) -> UUID | None:
    asker = actor_of(request)
    try:
        with serving_city(city):
            visit = visit_ask(operator=asker, now=timezone.now(), **form.cleaned_data)
    except VisitNotReasoned as wrong:
        form.add_error("reason", wrong.message)
        return None
    told = {"city": city.code, "subject_id": visit.id, "reason": visit.reason}
    note(request, VISIT_ASKED, **told, facts={"minutes": visit.minutes})
    return visit.id


def _link(request: HttpRequest, city: CityRef) -> HttpResponseBase:
    """Only to who asked; a used or late one is told."""
    with serving_city(city):
        visit = visit_get(_uuid(request.GET["visit"]))
        if visit is None or visit.operator_id != request.user.pk:
            raise Http404
        now = timezone.now()
        is_open = visit.entered_at is None and link_lives_until(visit) > now
        query = urlencode({"k": visit_token(visit)})
    address = f"{address_of(request, city.host)}staff/visit?{query}" if is_open else ""
    return _page(request, city, visit=visit, address=address)


def _open_city(code: str) -> CityRef:
    try:
        city = by_code(code)
    except UnknownCity as unknown:
        raise Http404 from unknown
    if city.status != OPEN or not city.host:
        raise Http404
    return city


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _page(
    request: HttpRequest, city: CityRef, *, status: int = 200, **facts: Any
) -> HttpResponseBase:
    is_english = (get_language() or "ko").startswith("en")
    known = {"city": city, "name": city.name_en if is_english else city.name_ko, "menu": "cities"}
    return render(request, "console/enter.html", known | facts, status=status)
