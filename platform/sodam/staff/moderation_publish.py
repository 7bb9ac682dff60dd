"""`/staff/voices/<ref>/publish`: a text for the board, seen as citizens will, then published."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core_crm.common.personal_finder import Found, covered, pieces
from core_crm.staff.types import Right
from core_crm.voices.errors import PublicationNotAgreed
from core_crm.voices.selectors import (
    certain,
    moments_of,
    personal_data_of,
    preview_of,
    publication_of,
    state_of,
    suggestion_for,
    thread_of,
    tidied,
    voice_get,
)
from core_crm.voices.services import (
    publication_propose,
    publication_publish,
    publication_take_back,
)
from core_crm.voices.types import PublicText, Standing
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.moderation import STATES, VIEWS, address
from sodam.staff.moderation_forms import TakeBackForm, TextForm
from tenants.errors import DomainError

KINDS: dict[str, Promise] = {
    "resident_number": gettext_lazy("주민등록번호"),
    "email": gettext_lazy("이메일"),
    "phone": gettext_lazy("전화번호"),
    "name": gettext_lazy("이름"),
    "plate": gettext_lazy("차량번호"),
    "home": gettext_lazy("동·호수"),
    "card": gettext_lazy("카드번호"),
    "passport": gettext_lazy("여권번호"),
    "birthday": gettext_lazy("생년월일"),
}
TELLING = {"citizen", "answer", "supplement_reply"}


@dataclass(slots=True)
class Sheet:
    """The page being worked on: a voice, what the board says of it, and the text on the screen."""

    request: StaffRequest
    voice: Any
    entry: Any
    now: datetime
    form: TextForm
    problem: str = ""
    take_back: TakeBackForm | None = None

    @classmethod
    def open(cls, request: StaffRequest, ref: str) -> Sheet:
        """Raises VoiceNotFound, PublicationNotAgreed."""
        voice = voice_get(ref, official=request.official)
        if not voice.is_public:
            raise PublicationNotAgreed("시민이 공개에 동의하지 않은 의견입니다.", ref=voice.ref)
        entry = publication_of(voice)
        state, given = state_of(voice), request.POST if "title" in request.POST else None
        begun = asdict(suggestion_for(voice, entry=entry).text)
        form = TextForm(given, initial=begun, state=state.value if state else "")
        return cls(request, voice, entry, timezone.now(), form)

    @property
    def version(self) -> int:
        return self.entry.version if self.entry else 0

    @property
    def text(self) -> PublicText:
        """The words on the screen, whether they are in order or not."""
        return tidied(self.form.text())

    @property
    def may_publish(self) -> bool:
        return self.request.official.has(Right.VOICE_PUBLISH)


@require_http_methods(["GET", "POST"])
@official_page(Right.VOICE_PUBLISH, Right.VOICE_HANDLE)
def publish(request: StaffRequest, ref: str) -> HttpResponseBase:
    """Show, cover what was found, propose or publish. Only what was seen is published."""
    sheet = Sheet.open(request, ref)
    step = request.POST.get("step", "")
    if step == "cover":
        sheet.form = sheet.form.reworded(_covered(sheet))
    elif step in ("publish", "propose"):
        return _done(sheet, step)
    elif request.method == "POST":
        sheet.form.is_valid()
    return page(sheet)


@require_POST
@official_page(Right.VOICE_PUBLISH)
def take_back(request: StaffRequest, ref: str) -> HttpResponseBase:
    """Off the board, with a reason that stays inside."""
    sheet = Sheet.open(request, ref)
    sheet.take_back = TakeBackForm(request.POST)
    if not sheet.take_back.is_valid():
        return page(sheet, status=422)
    given = {"reason": sheet.take_back.cleaned_data["reason"], "expected_version": _seen(request)}
    return _carry_out(sheet, publication_take_back, given, _("현황판에서 내렸습니다."))


def _done(sheet: Sheet, step: str) -> HttpResponseBase:
    if not sheet.form.is_valid():
        return page(sheet, status=422)
    if step == "publish" and sheet.request.POST.get("seen") != digest(sheet.text):
        sheet.problem = _("고친 글입니다. 시민에게 이렇게 보입니다. 확인하고 다시 눌러 주세요.")
        return page(sheet)
    act, told = (
        (publication_publish, _("현황판에 올렸습니다."))
        if step == "publish"
        else (publication_propose, _("검토를 요청했습니다."))
    )
    given = {"text": sheet.text, "expected_version": _seen(sheet.request)}
    return _carry_out(sheet, act, given, told)


def _carry_out(
    sheet: Sheet, act: Callable[..., Any], given: Mapping[str, Any], told: str
) -> HttpResponseBase:
    try:
        act(sheet.voice, by=sheet.request.official, now=sheet.now, **given)
    except DomainError as error:
        sheet.problem = _(error.message)
        return page(sheet, status=error.http_status)
    messages.success(sheet.request, told)
    return HttpResponseRedirect(_back(sheet), status=303)


def page(sheet: Sheet, *, status: int = 200) -> HttpResponseBase:
    """The form with what was found in it, the voice itself, and the citizen's page."""
    text, voice = sheet.text, sheet.voice
    found = personal_data_of(voice, text)
    shown = preview_of(voice, text, now=sheet.now, entry=sheet.entry)
    context = {
        "form": sheet.form,
        "problem": sheet.problem,
        "found": [_marked(sheet.form, name, text, finds) for name, finds in found.items()],
        "is_held": bool(certain(found)),
        "entry": shown,
        "sign": STATES[shown.state],
        "moments": moments_of(voice),
        "seen": digest(text),
        "version": sheet.version,
        "standing": sheet.entry.standing if sheet.entry else "",
        "published": sheet.entry if _is_shown(sheet) else None,
        "publication": sheet.entry,
        "said": [one for one in thread_of(voice, for_citizen=True) if one.kind in TELLING],
        "case_ref": voice.ref,
        "may_publish": sheet.may_publish,
        "may_propose": not sheet.may_publish and not _is_shown(sheet),
        "take_back": sheet.take_back or TakeBackForm(),
        "back_url": _back(sheet),
        "menu": "voices",
    }
    return show(sheet.request, "staff/publish.html", context, status=status)


def digest(text: PublicText) -> str:
    """Tells whether the words about to be published are those that were shown."""
    return sha256(json.dumps(asdict(tidied(text)), sort_keys=True).encode()).hexdigest()


def _is_shown(sheet: Sheet) -> bool:
    return bool(sheet.entry and sheet.entry.standing == Standing.PUBLISHED)


def _covered(sheet: Sheet) -> dict[str, str]:
    """Every part with a cover over what was found in it."""
    words = asdict(sheet.text)
    found = personal_data_of(sheet.voice, sheet.text)
    return {name: covered(text, found.get(name, [])) for name, text in words.items()}


def _marked(form: TextForm, name: str, text: PublicText, finds: list[Found]) -> dict[str, Any]:
    cut = pieces(asdict(text)[name], finds)
    return {
        "label": form.label_of(name),
        "target": form[name].auto_id if name in form.fields else "",
        "pieces": [
            {
                "text": one.text,
                "word": KINDS[one.found.kind.value] if one.found else "",
                "is_certain": bool(one.found and one.found.is_certain),
            }
            for one in cut
        ],
    }


def _seen(request: StaffRequest) -> int | None:
    """Who does not say which version was seen has seen none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _back(sheet: Sheet) -> str:
    """The list one came from; else the case."""
    view = sheet.request.GET.get("view", "")
    if view in VIEWS and sheet.may_publish:
        return address(view)
    return reverse("staff_voice", args=[sheet.voice.ref])
