"""S33 `/staff/me`: language, shortcuts, other sessions; and the table of shortcuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core_crm.staff.services import official_set_preferences
from core_crm.staff.types import ROLE_LABELS_KO, Role
from sodam.staff.access import StaffRequest, official_page, show

LANGUAGES = [("ko", "한국어"), ("en", "English")]


class PreferencesForm(forms.Form):
    """What an official may choose for themselves."""

    language = forms.ChoiceField(label=gettext_lazy("화면 언어"), choices=LANGUAGES)
    shortcuts_enabled = forms.BooleanField(
        label=gettext_lazy("단축키 쓰기"),
        required=False,
        help_text=gettext_lazy("글자 하나로 움직이는 단축키입니다. 한글 입력 상태에서도 됩니다."),
    )


@dataclass(frozen=True, slots=True)
class Key:
    """A shortcut: its caps and what it does."""

    caps: tuple[str, ...]
    does: str


@require_http_methods(["GET", "POST"])
@official_page()
def profile_page(request: StaffRequest) -> HttpResponseBase:
    """Show and keep the preferences."""
    official = request.official
    now = {"language": official.language, "shortcuts_enabled": official.shortcuts_enabled}
    form = PreferencesForm(request.POST or None, initial=now, auto_id="me-%s")
    if request.method == "POST" and form.is_valid():
        official_set_preferences(official, **form.cleaned_data)
        messages.success(request, _("설정을 저장했습니다."))
        return HttpResponseRedirect(reverse("staff_me"), status=303)
    context = {"form": form, "seat": _seat(official), "sessions": len(_sessions_of(request))}
    return show(request, "staff/me.html", context, status=422 if form.errors else 200)


@require_POST
@official_page()
def sign_out_elsewhere(request: StaffRequest) -> HttpResponseBase:
    """End every other session of this account."""
    for key in _sessions_of(request):
        if key != request.session.session_key:
            request.session.__class__(key).delete()
    messages.success(request, _("다른 곳에서 모두 로그아웃했습니다."))
    return HttpResponseRedirect(reverse("staff_me"), status=303)


@require_GET
@official_page()
def keys_page(request: StaffRequest) -> HttpResponseBase:
    """`?`: the table of shortcuts."""
    keys = [
        Key(("J", "K"), _("목록에서 아래·위로")),
        Key(("Enter",), _("의견 열기")),
        Key(("X",), _("고르기·풀기")),
        Key(("A",), _("담당자 지정 (고른 것이 있으면 한꺼번에)")),
        Key(("S",), _("처리 차림표")),
        Key(("R",), _("시민 답변 쓰기")),
        Key(("C",), _("내부 메모 쓰기")),
        Key(("E",), _("답변 보내고 다음 건")),
        Key(("Ctrl", "Enter"), _("쓰던 글 보내기")),
        Key(("/",), _("찾기")),
        Key(("`",), _("보기 열로")),
        Key(("G", "H"), _("내 업무로")),
        Key(("G", "I"), _("의견 목록으로")),
        Key(("G", "N"), _("방문·전화 접수로")),
        Key(("G", "S"), _("만족도로")),
        Key(("G", "M"), _("내 설정으로")),
        Key(("Esc",), _("쓰기를 멈추고 단축키로 돌아가기")),
        Key(("?",), _("이 표")),
    ]
    return show(request, "staff/keys.html", {"keys": keys})


def _seat(official: Any) -> str:
    department = official.department.name_ko if official.department else ""
    roles = ", ".join(str(ROLE_LABELS_KO[Role(role)]) for role in official.roles)
    return " · ".join(part for part in (department, official.position, roles) if part)


def _sessions_of(request: StaffRequest) -> list[str]:
    """Keys of the account's living sessions. A city has few enough to read them all."""
    living = Session.objects.filter(expire_date__gt=timezone.now())
    own = str(request.user.pk)
    return [one.session_key for one in living if one.get_decoded().get("_auth_user_id") == own]
