"""What an official does to a case through a small form: one table, one page for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core_crm.staff.types import Right
from core_crm.voices import services
from core_crm.voices.errors import VoiceChangedMeanwhile
from core_crm.voices.selectors import allowed_actions, category_list, voice_get
from sodam.staff import forms, preview
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.conflict import conflict_page
from sodam.staff.doing import Doing, back_to_case, perform, rehearsed
from sodam.staff.list_query import ListQuery
from tenants.errors import DomainError


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its words, its form, what it calls. `action` is the workflow's name for it."""

    code: str
    action: str
    word: Any
    icon: str
    button: Any
    done: Any
    run: Callable[[Doing], Any]
    form: type[forms.ActForm] = forms.ActForm
    lead: Any = ""
    rights: tuple[Right, ...] = (Right.VOICE_HANDLE,)
    is_direct: bool = False
    preview_word: Any = ""
    is_own: bool = False


def _assign(do: Doing) -> Any:
    return services.voice_assign(
        do.voice,
        department=do.given["department"],
        officer=do.given["officer"],
        **do.versioned,
    )


def _extend(do: Doing) -> Any:
    reason = {"reason_code": do.given["reason_code"], "reason": do.given["reason"]}
    return services.voice_extend(do.voice, **reason, **do.versioned)


def _unable(do: Doing) -> Any:
    return services.voice_close_unable(
        do.voice,
        public_reason=do.given["public_reason"],
        body=do.given["body"],
        **do.versioned,
    )


def _supplement_reply(do: Doing) -> Any:
    return services.voice_receive_supplement(do.voice, body=do.given["body"], **do.common)


def _transfer(do: Doing) -> Any:
    agency = do.given["receiving_agency"]
    return services.voice_transfer(do.voice, receiving_agency=agency, **do.versioned)


ACTS: tuple[Act, ...] = (
    Act(
        code="take",
        action="assign",
        word=_("내가 맡기"),
        icon="user",
        button=_("내가 맡기"),
        done=_("담당자가 되었습니다."),
        run=lambda do: services.voice_take(do.voice, **do.versioned),
        rights=(Right.VOICE_ASSIGN,),
        is_direct=True,
    ),
    Act(
        code="assign",
        action="assign",
        word=_("담당자 지정"),
        icon="user",
        button=_("지정"),
        done=_("담당자를 지정했습니다."),
        run=_assign,
        form=forms.AssignForm,
        rights=(Right.VOICE_ASSIGN,),
    ),
    Act(
        code="start",
        action="start",
        word=_("처리 시작"),
        icon="clock",
        button=_("처리 시작"),
        done=_("처리를 시작했습니다."),
        run=lambda do: services.voice_start(do.voice, **do.versioned),
        is_direct=True,
    ),
    Act(
        code="extend",
        action="extend",
        word=_("처리기간 연장"),
        icon="arrow-out",
        button=_("연장하고 알리기"),
        done=_("처리기간을 연장하고 시민에게 알렸습니다."),
        lead=_("법이 정한 사유로만 연장할 수 있습니다. 사유와 새 기한이 시민에게 통지됩니다."),
        run=_extend,
        form=forms.ExtendForm,
        preview_word=_("새 기한 미리보기"),
    ),
    Act(
        code="reclassify",
        action="reclassify",
        word=_("분류 바꾸기"),
        icon="filter",
        button=_("바꾸기"),
        done=_("분류를 바꾸고 처리기한을 다시 정했습니다."),
        lead=_("분류가 바뀌면 처리기한을 접수한 때부터 다시 셉니다. 이전 기한도 기록에 남습니다."),
        run=lambda do: services.voice_reclassify(
            do.voice, category=do.given["category"], **do.common
        ),
        form=forms.ReclassifyForm,
    ),
    Act(
        code="supplement-reply",
        action="receive_supplement",
        word=_("보완 받음"),
        icon="check",
        button=_("받은 것으로 기록"),
        done=_("보완을 받았습니다. 처리기한을 이어서 셉니다."),
        run=_supplement_reply,
        form=forms.SupplementReplyForm,
        rights=(Right.VOICE_HANDLE, Right.VOICE_REGISTER),
    ),
    Act(
        code="unable",
        action="close_unable",
        word=_("불가로 종결"),
        icon="ban",
        button=_("불가로 종결"),
        done=_("불가로 종결하고 시민에게 답변을 보냈습니다."),
        lead=_("공개할 사유가 있어야 합니다."),
        run=_unable,
        form=forms.UnableForm,
        preview_word=_("시민 화면 미리보기"),
    ),
    Act(
        code="transfer",
        action="transfer",
        word=_("다른 기관으로 이송"),
        icon="external",
        button=_("이송하고 알리기"),
        done=_("다른 기관으로 이송하고 시민에게 알렸습니다."),
        lead=_("우리 시·도가 맡은 일이 아닐 때 씁니다. 받는 기관이 시민에게 통지됩니다."),
        run=_transfer,
        form=forms.TransferForm,
        rights=(Right.VOICE_HANDLE, Right.VOICE_ASSIGN),
        preview_word=_("통지 미리보기"),
    ),
    Act(
        code="withdraw",
        action="withdraw",
        word=_("취하 처리"),
        icon="minus",
        button=_("취하로 종결"),
        done=_("취하로 종결했습니다."),
        lead=_("시민이 스스로 거두어들인 때에만 씁니다."),
        run=lambda do: services.voice_withdraw(do.voice, reason=do.given["reason"], **do.versioned),
        form=forms.ReasonForm,
        rights=(Right.VOICE_HANDLE, Right.VOICE_REGISTER),
    ),
    Act(
        code="reopen",
        action="reopen",
        word=_("다시 열기"),
        icon="refresh",
        button=_("다시 열기"),
        done=_("의견을 다시 열었습니다."),
        run=lambda do: services.voice_reopen(do.voice, reason=do.given["reason"], **do.common),
        form=forms.ReasonForm,
        rights=(Right.VOICE_HANDLE, Right.VOICE_ASSIGN),
    ),
)


def form_of(act: Act, voice: Any, data: Any = None) -> forms.ActForm:
    """The act's form, knowing the case and the version that is on the screen."""
    more: dict[str, Any] = {}
    if act.form is forms.ReclassifyForm:
        more["categories"] = [(one.code, one.label_ko) for one in category_list()]
    initial = {"version": voice.version}
    if act.form is forms.AssignForm:
        initial |= {
            "department": voice.department.code if voice.department else "",
            "officer": str(voice.officer_id or ""),
        }
    if act.form is forms.ReclassifyForm:
        initial["category"] = voice.category_code
    return act.form(data, initial=initial, auto_id=f"{act.code}-%s", **more)


def page_of(act: Act) -> Callable[..., HttpResponseBase]:
    """The page (and dialog) of one act."""

    @require_http_methods(["GET", "POST"])
    @official_page(*act.rights)
    def page(request: StaffRequest, ref: str) -> HttpResponseBase:
        return respond(request, act, voice_get(ref, official=request.official))

    return page


def respond(request: StaffRequest, act: Act, voice: Any) -> HttpResponseBase:
    """Show the act's form, or do it and go back to the case."""
    if request.method == "GET" and not _is_offered(act, voice, request):
        return not_now(request, voice)
    form = form_of(act, voice, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            perform(act.run, request, voice, form.cleaned_data)
        except VoiceChangedMeanwhile:
            return conflict_page(request, voice.ref)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, act.done)
            return back_to_case(request, voice.ref)
    return _show_form(request, act, voice, form)


def act_url(act: Act, ref: str, query: ListQuery) -> str:
    """A step of the city's own is named in the address."""
    name, arguments = f"staff_voice_{act.code}", [ref]
    if act.is_own:
        name, arguments = "staff_voice_step", [ref, act.action]
    return f"{reverse(name, args=arguments)}?{query.encoded()}"


def _is_offered(act: Act, voice: Any, request: StaffRequest) -> bool:
    known = allowed_actions(voice, request.official, now=timezone.now())
    return any(one.action == act.action and one.is_allowed for one in known)


def not_now(request: StaffRequest, voice: Any) -> HttpResponseBase:
    """The address of a form that this case has no use for, kept or typed."""
    context = {
        "problem": _("지금은 이 의견에 할 수 없는 일입니다."),
        "case_url": ListQuery.of(request.GET).case_url(voice.ref),
    }
    return show(request, "staff/problem.html", context, status=409)


def _show_form(
    request: StaffRequest, act: Act, voice: Any, form: forms.ActForm
) -> HttpResponseBase:
    query = ListQuery.of(request.GET)
    url = act_url(act, voice.ref, query)
    context = {
        "act": {"word": act.word, "lead": act.lead, "button": act.button, "url": url},
        "form": form,
        "case_ref": voice.ref,
        "case_title": voice.title,
        "case_url": query.case_url(voice.ref),
        "preview_url": url.replace("?", "/preview?", 1) if act.preview_word else "",
        "preview_word": act.preview_word,
    }
    return show(request, "staff/act.html", context, status=422 if form.errors else 200)


def preview_of(act: Act) -> Callable[..., HttpResponseBase]:
    """What the citizen would get, before anything is done."""

    @require_http_methods(["POST"])
    @official_page(*act.rights)
    def page(request: StaffRequest, ref: str) -> HttpResponseBase:
        voice = voice_get(ref, official=request.official)
        form = form_of(act, voice, request.POST)
        context: dict[str, Any] = {}
        if not form.is_valid():
            context["problem"] = _("미리보려면 모두 채워 주세요.")
        else:
            try:
                doing = rehearsed(request, voice, form.cleaned_data)
                context["preview"] = preview.rehearse(act.run, doing)
            except DomainError as error:
                context["problem"] = error.message
        return show(
            request, "staff/preview.html", context, status=422 if "problem" in context else 200
        )

    return page


PAGES = {act.code: page_of(act) for act in ACTS}
PREVIEWS = {act.code: preview_of(act) for act in ACTS if act.preview_word}
