"""`/studio/people/groups`: what groups of the single sign-on may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.staff.selectors import group_roles
from core_crm.staff.services import group_roles_set
from core_crm.staff.types import Right
from sodam.studio.access import StudioRequest, show
from sodam.studio.managing import seers_page
from sodam.studio.plan_words import role_words


class GroupForm(forms.Form):
    """A group as the provider names it, and its roles here; no roles: told nothing more."""

    group = forms.CharField(
        label=gettext_lazy("모둠 이름"),
        max_length=120,
        help_text=gettext_lazy("통합 로그인(OIDC)이 groups로 보내는 이름 그대로."),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("역할"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles: Any = self.fields["roles"]
        roles.choices = list(role_words().items())


@require_http_methods(["GET", "POST"])
@seers_page
def groups(request: StudioRequest) -> HttpResponseBase:
    """The map, and a line added, changed or (without roles) removed."""
    known = {one.group: list(one.roles) for one in group_roles()}
    asked = request.GET.get("group", "")
    initial = {"group": asked, "roles": known.get(asked, [])}
    form = GroupForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        group_roles_set(
            given["group"], roles=given["roles"], by=request.official, now=timezone.now()
        )
        messages.success(request, _("저장했습니다. 다음 로그인부터 따릅니다."))
        return HttpResponseRedirect(reverse("studio_groups"), status=303)
    words = role_words()
    facts = {
        "lines": [(name, [words[role] for role in roles]) for name, roles in known.items()],
        "form": form,
        "asked": asked,
        "may_manage": request.official.has(Right.STAFF_MANAGE),
        "has_provider": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "has_errors": bool(form.errors),
        "place": "people",
    }
    return show(request, "studio/groups.html", facts, status=422 if form.errors else 200)
