"""`/staff/voices/new`: writing down what a citizen says at the counter or by telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.calendars import city_calendar, due
from core_crm.customers.selectors import citizen_get, survivor_of
from core_crm.staff.types import Right
from core_crm.voices.errors import FieldsNotValid
from core_crm.voices.selectors import category_list, service_list
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.selectors.routing import Matter
from core_crm.voices.services import voice_register
from core_crm.voices.services.routing import route_of_matter
from core_crm.voices.types import CitizenDraft, VoiceDraft
from sodam.staff import own_fields
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer_view import identity
from sodam.staff.labels import CLASSES, UNITS
from sodam.ui import words
from sodam.ui.own_fields import lines_of, tell_errors, typed_in
from tenants.errors import DomainError

CHANNELS = [
    ("counter", gettext_lazy("방문")),
    ("phone", gettext_lazy("전화")),
    ("letter", gettext_lazy("우편")),
    ("email", gettext_lazy("이메일")),
]
REPLIES = [
    ("", gettext_lazy("시민이 정한 대로")),
    ("sms", gettext_lazy("문자")),
    ("email", gettext_lazy("이메일")),
]
LISTBOX = {"size": 6, "class": "sd-in"}


class RegisterForm(forms.Form):
    """Who says what, and what kind of matter it is."""

    channel = forms.ChoiceField(
        label=gettext_lazy("접수 경로"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        initial="counter",
    )
    name = forms.CharField(label=gettext_lazy("이름"), max_length=80)
    phone = forms.CharField(label=gettext_lazy("휴대전화"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("이메일"), required=False)
    reply_channel = forms.ChoiceField(
        label=gettext_lazy("답변 받을 길"), choices=REPLIES, required=False
    )
    service_code = forms.ChoiceField(
        label=gettext_lazy("민원 사무 (민원편람)"),
        required=False,
        help_text=gettext_lazy("법정민원이면 고르세요. 법정 처리기간이 여기서 정해집니다."),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("분류"),
        required=False,
        help_text=gettext_lazy("민원 사무를 고르면 비워도 됩니다."),
    )
    title = forms.CharField(label=gettext_lazy("제목"), max_length=200)
    body = forms.CharField(label=gettext_lazy("내용"), widget=forms.Textarea, max_length=4000)
    location = forms.CharField(label=gettext_lazy("장소"), max_length=200, required=False)

    def __init__(self, *args: Any, known: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="reg-%s", **kwargs)
        self.known = known
        for name in PERSON if known else ():
            del self.fields[name]
        services = [(one.code, _service_word(one)) for one in service_list()]
        service, category = self.fields["service_code"], self.fields["category"]
        service.choices = [("", _("해당 없음")), *services]
        service.widget = forms.Select(attrs=LISTBOX, choices=service.choices)
        category.choices = [
            ("", _("고르지 않음")),
            *((one.code, one.label_ko) for one in category_list()),
        ]
        self.own = voice_form().asked()
        own_fields.add_to(self, self.own)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_reached = self.known or cleaned.get("phone") or cleaned.get("email")
        if not is_reached and not self.errors.get("email"):
            self.add_error("phone", _("답변을 보낼 휴대전화나 이메일 가운데 하나를 적어 주세요."))
        if not cleaned.get("category") and not cleaned.get("service_code"):
            self.add_error("category", _("민원 사무나 분류 가운데 하나를 골라 주세요."))
        return cleaned

    def draft(self) -> VoiceDraft:
        """As the voices room takes it in."""
        given = {name: self.cleaned_data[name] for name in NAMES if name in self.fields}
        given["attributes"] = {
            code: value for code, value in typed_in(self, self.own).items() if value
        }
        citizen = {
            name: getattr(self.known, name) if self.known else given.pop(name) for name in PERSON
        }
        return VoiceDraft(citizen=CitizenDraft(**citizen), **given)


ROWS = (
    ("channel",),
    ("name", "phone"),
    ("email", "reply_channel"),
    ("service_code",),
    ("category", "location"),
    ("title",),
    ("body",),
)
NAMES = tuple(name for row in ROWS for name in row)
PERSON = ("name", "phone", "email")


@require_http_methods(["GET", "POST"])
@official_page(Right.VOICE_REGISTER)
def register_page(request: StaffRequest) -> HttpResponseBase:
    """The form; then the new case, or an empty form for the next caller.

    `?citizen=`: of a customer whose page one comes from; who they are stays covered.
    """
    known = _known(request)
    form = RegisterForm(request.POST if request.method == "POST" else None, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            voice = voice_register(draft=form.draft(), now=timezone.now(), by=request.official)
        except FieldsNotValid as refused:
            tell_errors(form, own_fields.by_code(refused))
        except DomainError as error:
            field = str(error.facts.get("field", ""))
            form.add_error(field if field in form.fields else None, error.message)
        else:
            messages.success(request, _("%(ref)s 번호로 접수했습니다.") % {"ref": voice.ref})
            return HttpResponseRedirect(_after(request, voice), status=303)
    context = {
        "menu": "voices",
        "form": form,
        "form_rows": _rows(form),
        "who": known and identity(known),
        "own": lines_of(form, form.own),
        "due": due_view(request.POST),
    }
    return show(request, "staff/register.html", context, status=422 if form.errors else 200)


def _known(request: StaffRequest) -> Any:
    """The customer the address names, if one may see customers and they can be reached."""
    try:
        wanted = UUID(request.GET.get("citizen", ""))
    except ValueError:
        return None
    if not request.official.has(Right.CUSTOMER_VIEW):
        return None
    citizen = survivor_of(citizen_get(wanted))
    return citizen if citizen.phone or citizen.email else None


def _rows(form: RegisterForm) -> list[list[Any]]:
    shown = ([form[name] for name in row if name in form.fields] for row in ROWS)
    return [row for row in shown if row]


def _after(request: StaffRequest, voice: Any) -> str:
    """The new case, unless another one is to be written down or it went to another department."""
    may_view = request.official.has(Right.VOICE_VIEW_ALL) or (
        request.official.has(Right.VOICE_VIEW_DEPARTMENT)
        and request.official.department is not None
        and voice.department_id == request.official.department.id
    )
    if request.POST.get("then") == "again" or not may_view:
        return reverse("staff_register")
    return reverse("staff_voice", args=[voice.ref])


@require_POST
@official_page(Right.VOICE_REGISTER)
def due_fragment(request: StaffRequest) -> HttpResponseBase:
    """Class and due time of what is chosen, before it is registered."""
    return show(request, "staff/due.html", {"due": due_view(request.POST)})


def due_view(given: Any) -> dict[str, Any] | None:
    """By the same rule that registers; nothing while nothing fits."""
    category, service = given.get("category", ""), given.get("service_code", "")
    if not category and not service:
        return None
    try:
        route = route_of_matter(_matter(given), today=timezone.localdate())
    except DomainError:
        return None
    counted = due(route.period, timezone.now(), city_calendar())
    item = route.service
    return {
        "class_label": CLASSES.get(route.petition_class, route.petition_class),
        "period": _period(route.period),
        "at": words.date_time(timezone.localtime(counted.at)),
        "how": _how(counted),
        "department": route.department.name_ko if route.department else "",
        "because": route.because,
        "documents": ", ".join(item.documents_needed) if item else "",
        "fee": _fee(item),
    }


def _matter(given: Any) -> Matter:
    return Matter(
        title=given.get("title", ""),
        body=given.get("body", ""),
        location=given.get("location", ""),
        category=given.get("category", ""),
        service=given.get("service_code", ""),
        channel=given.get("channel", ""),
    )


def _period(period: Any) -> str:
    unit = period.unit.value
    return str(UNITS[unit]) if unit == "immediately" else f"{period.amount}{UNITS[unit]}"


def _how(counted: Any) -> str:
    articles = dict.fromkeys(step.article for step in counted.steps if step.counted)
    return " · ".join(articles)


def _fee(item: Any) -> str:
    if item is None or item.fee_krw is None:
        return ""
    return _("없음") if item.fee_krw == 0 else _("%(fee)s원") % {"fee": f"{item.fee_krw:,}"}


def _service_word(item: Any) -> str:
    unit = item.period_unit
    period = UNITS[unit] if unit == "immediately" else f"{item.period_amount}{UNITS[unit]}"
    return f"{item.title_ko} · {period}"
