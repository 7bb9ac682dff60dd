"""Keeping the present conditions of the inbox as a view, and letting it go."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.staff.selectors import saved_view_list
from core_crm.staff.services import saved_view_delete, saved_view_save
from sodam.staff.access import VIEWERS, StaffRequest, official_page, show
from sodam.staff.inbox import SCREEN, described
from sodam.staff.list_query import ListQuery


class SaveForm(forms.Form):
    """A name, and whether colleagues see it."""

    name = forms.CharField(label=_("보기 이름"), max_length=60)
    is_shared = forms.BooleanField(
        label=_("동료와 함께 쓰기"),
        required=False,
        help_text=_("이 시·도의 모든 직원의 목록에 나옵니다."),
    )


@require_http_methods(["GET", "POST"])
@official_page(*VIEWERS)
def save(request: StaffRequest) -> HttpResponseBase:
    """Ask for a name; keep the conditions in the address under it."""
    query = ListQuery.of(request.GET)
    form = SaveForm(request.POST or None, auto_id="view-%s")
    if request.method == "POST" and form.is_valid():
        view = saved_view_save(
            owner=request.official,
            screen=SCREEN,
            name=form.cleaned_data["name"],
            query=query.conditions(),
            is_shared=form.cleaned_data["is_shared"],
        )
        kept = replace(query, saved=str(view.id))
        return HttpResponseRedirect(kept.list_url(), status=303)
    context = {"form": form, "described": described(query), "query": query.encoded()}
    return show(request, "staff/save_view.html", context, status=422 if form.errors else 200)


@require_POST
@official_page(*VIEWERS)
def delete(request: StaffRequest, view_id: UUID) -> HttpResponseBase:
    """Only its owner lets a view go."""
    for view in saved_view_list(request.official, SCREEN):
        if view.id == view_id:
            saved_view_delete(view, by=request.official)
            return HttpResponseRedirect(reverse("staff_inbox"), status=303)
    raise Http404
