"""`/studio/campaigns`: the kinds of campaign, and a form for each that counts whom it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from pydantic import ValidationError

from core_crm.campaigns.selectors import Reckoning, campaign_reckon
from core_crm.campaigns.types import CampaignType
from core_crm.customers.selectors import citizen_source
from customization.public import (
    ABSENT,
    InForce,
    ground,
    in_force,
    locked_because,
    reading_only,
    value_at,
)
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.campaign_form import CampaignForm, blank, initial_of
from sodam.studio.kinds import document_title
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from sodam.studio.words import happening_words, purpose_words, trigger_words
from sodam.ui.conditions import ROWS, field_choices, op_words, sentence
from tenants.errors import DomainError

KIND = "campaign_type"
COUNTING_SECONDS = 4.0
LOCKED = ("purpose", "consent")


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of campaign in the list."""

    code: str
    title: str
    purpose: str
    when: str
    whom: str
    channels: list[str]
    enabled: bool
    is_own: bool


@require_GET
@studio_page
def campaigns(request: StudioRequest) -> HttpResponseBase:
    """Every kind of campaign of the city, in its order."""
    found = in_force()
    bodies = sorted(
        found.tree.get(KIND, {}).items(), key=lambda one: (one[1].get("sort", 100), one[0])
    )
    standard, source = ground(found.standard_version), citizen_source()
    facts = {
        "lines": [_line(code, body, standard, source) for code, body in bodies],
        "may_change": may_change(request),
        "place": "campaigns",
    }
    return show(request, "studio/campaigns.html", facts)


@require_http_methods(["GET", "POST"])
@studio_page
def campaign_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """One kind of campaign, or a new one. `count` counts; saving makes a change."""
    found = in_force()
    body = value_at(found.tree, (KIND, code)) if code else blank()
    if body is ABSENT:
        raise Http404
    if request.method == "GET":
        form = CampaignForm(body=body, is_new=not code, initial=initial_of(body))
        return _shown(request, found, code, form, _counted(body) if code else None)
    data = request.POST.copy()
    for name, why in _locks(found, code).items():
        if why:
            data[name] = str(body[name])
    form = CampaignForm(data, body=body, is_new=not code)
    return _taken(request, found, code, form)


def _taken(
    request: StudioRequest, found: InForce, code: str, form: CampaignForm
) -> HttpResponseBase:
    if not form.is_valid():
        return _shown(request, found, code, form, None)
    place = (KIND, code or form.cleaned_data["code"])
    if not code and value_at(found.tree, place) is not ABSENT:
        form.add_error("code", _("이미 있는 코드입니다. 다른 것을 써 주세요."))
        return _shown(request, found, code, form, None)
    wanted = tree_with({place: form.body()}, found=found)
    _tell(form, findings_at(wanted, place))
    if "count" in request.POST:
        return _shown(request, found, code, form, _counted(form.body()))
    if form.is_valid() and is_unchanged(wanted, found=found):
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return _shown(request, found, code, form, None)
    title = request.POST.get("title", "").strip() or _("캠페인 ‘%(name)s’") % {
        "name": form.cleaned_data["label_ko"]
    }
    return proposed(request, wanted, title=title)


def _tell(form: CampaignForm, findings: Any) -> None:
    """Each finding beside the field it is about; else at the top."""
    for one in findings:
        name = one.path[2] if len(one.path) > 2 else ""
        target = name if name in form.fields else None
        hint = f" — ‘{one.meant}’?" if one.meant else ""
        form.add_error(target, f"{one.message}{hint}")


def _counted(body: Any) -> Reckoning | str | None:
    """The audience on today's citizens, or why it could not be counted. Reads only."""
    try:
        with reading_only(statement_seconds=COUNTING_SECONDS):
            return campaign_reckon(CampaignType.model_validate(body), now=timezone.now())
    except OperationalError:
        return _("시간 안에 세지 못했습니다. 조건을 더 좁혀 보세요.")
    except DomainError as refused:
        return refused.message
    except ValidationError:
        return None


def _shown(
    request: StudioRequest,
    found: InForce,
    code: str,
    form: CampaignForm,
    counted: Reckoning | str | None,
) -> HttpResponseBase:
    source = form.source
    facts = {
        "form": form,
        "code": code,
        "title": document_title(code, value_at(found.tree, (KIND, code))) if code else "",
        "locks": _locks(found, code),
        "rows": list(enumerate(form.typed.rows)),
        "deep": form.typed.deep,
        "join": form.typed.join,
        "fields": field_choices(source),
        "ops": list(op_words().items()),
        "most_rows": ROWS,
        "counted": counted if isinstance(counted, Reckoning) else None,
        "count_failed": counted if isinstance(counted, str) else "",
        "channels": _by_channel(counted),
        "change_title": request.POST.get("title", ""),
        "may_change": may_change(request),
        "has_errors": bool(form.is_bound and form.errors),
        "place": "campaigns",
    }
    return show(request, "studio/campaign.html", facts, status=422 if form.errors else 200)


def _by_channel(counted: Reckoning | str | None) -> list[tuple[str, int]]:
    if not isinstance(counted, Reckoning):
        return []
    words = {"sms": _("문자로"), "email": _("이메일로")}
    return [(words[one], number) for one, number in (counted.by_channel or {}).items()]


def _locks(found: InForce, code: str) -> dict[str, str]:
    """Why a field of the standard's own campaigns has no control."""
    standard = ground(found.standard_version)
    return {name: locked_because((KIND, code, name), standard) if code else "" for name in LOCKED}


def _line(code: str, body: Any, standard: Any, source: Any) -> Line:
    words = {"sms": _("문자"), "email": _("이메일")}
    ordered = sorted(body["channels"], key=lambda one: body["channels"][one].get("sort", 0))
    return Line(
        code=code,
        title=document_title(code, body),
        purpose=purpose_words().get(body["purpose"], body["purpose"]),
        when=_when(body["trigger"]),
        whom=sentence(body["audience"], source),
        channels=[words.get(one, one) for one in ordered],
        enabled=body.get("enabled", True),
        is_own=value_at(standard, (KIND, code)) is ABSENT,
    )


def _when(trigger: Any) -> str:
    kind = trigger["type"]
    if kind == "event":
        return happening_words().get(trigger["event"], trigger["event"])
    return trigger_words().get(kind, kind)
