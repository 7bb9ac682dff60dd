"""C7: find a voice by its reference and the phone or e-mail given with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sodam.citizen.access import proven, remember
from sodam.citizen.forms import FindForm
from sodam.citizen.limits import count_try

TRIES_PER_MINUTE = 10


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """A wrong contact and an unknown reference get the same answer."""
    form = FindForm(request.POST or None, initial={"ref": request.GET.get("ref", "")})
    if request.method == "POST":
        count_try(request, "track", per_minute=TRIES_PER_MINUTE)
        if form.is_valid():
            voice = proven(form.cleaned_data["ref"], form.cleaned_data["contact"])
            if voice is not None:
                remember(request, voice.ref)
                return redirect("tracked", ref=voice.ref)
            form.add_error(
                "ref", _("접수번호나 연락처가 맞지 않습니다. 받은 문자나 이메일을 확인해 주세요.")
            )
    facts = {"form": form, "menu": "track"}
    return render(request, "citizen/find.html", facts, status=422 if form.errors else 200)
