"""`/staff/welcome/<token>`: somebody invited sets a password and comes in."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core_crm.staff.errors import InvitationInvalid, PasswordTooWeak
from core_crm.staff.services import invitation_accept, invitation_open
from core_crm.staff.types import Right


class WelcomeForm(forms.Form):
    """The new password, twice."""

    password = forms.CharField(
        label=gettext_lazy("새 비밀번호"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput,
        help_text=gettext_lazy("10자 이상. 이름이나 이메일, 흔한 비밀번호는 쓸 수 없습니다."),
    )
    again = forms.CharField(
        label=gettext_lazy("한 번 더"), max_length=128, strip=False, widget=forms.PasswordInput
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("again") and given.get("password") != given["again"]:
            self.add_error("again", _("위의 비밀번호와 다릅니다."))
        return given


@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponseBase:
    """Looking uses nothing up (mail scanners look); the button does."""
    now = timezone.now()
    try:
        official = invitation_open(token, now=now)
    except InvitationInvalid as gone:
        return render(request, "staff/welcome.html", {"why": _(gone.message)}, status=404)
    with translation.override(official.language):
        form = WelcomeForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and _set(form, token):
            return _enter(request, official)
        facts = {"form": form, "invited": official, "has_errors": bool(form.errors)}
        return render(request, "staff/welcome.html", facts, status=422 if form.errors else 200)


def _set(form: WelcomeForm, token: str) -> bool:
    try:
        invitation_accept(token, password=form.cleaned_data["password"], now=timezone.now())
    except PasswordTooWeak as weak:
        form.add_error("password", _(weak.message))
    return form.is_valid()


def _enter(request: HttpRequest, official: Any) -> HttpResponseBase:
    """Log in as every log-in does, two steps included where the person has set them up."""
    official.user.refresh_from_db()
    messages.success(request, _("비밀번호를 정했습니다. 어서 오세요."))
    start = "/studio/" if official.has(Right.STAFF_MANAGE) else "/staff/"
    answer: HttpResponseBase = perform_login(request, official.user, redirect_url=start)
    return answer
