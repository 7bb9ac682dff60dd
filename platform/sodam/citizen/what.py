"""C2: what, and where. The draft stays in the session; photos are stored at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core_crm.files.errors import FileTooLarge, FileTypeNotAllowed
from core_crm.files.services import file_delete, file_store
from core_crm.files.types import UNFILED
from sodam.citizen.choices import choices
from sodam.citizen.filing import STEPS, Filing, filing_of, keep
from sodam.citizen.forms import WhatForm
from sodam.ui.own_fields import initial_of, lines_of

PHOTOS_MOST = 5
ABOUT_FILING = UNFILED
KEPT = ("category", "title", "body", "location")


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The short address in letters and on posters."""
    return redirect("voice_what")


@require_http_methods(["GET", "POST"])
def what(request: HttpRequest) -> HttpResponse:
    """Page 1 of 3."""
    filing, known = filing_of(request), choices()
    form = WhatForm(
        request.POST or None,
        initial={name: getattr(filing, name) for name in KEPT} | initial_of(filing.attributes),
        categories=[(one.code, one.label) for one in known],
    )
    wrong_photos: list[str] = []
    if request.method == "POST":
        filing, wrong_photos = _with_photos(request, filing)
        if form.is_valid() and not wrong_photos:
            given = {name: form.cleaned_data[name] for name in KEPT}
            keep(request, filing, attributes=_with(filing, form), **given)
            return redirect("voice_check" if request.GET.get("back") == "check" else "voice_you")
    facts = {
        "form": form,
        "own": lines_of(form, form.own),
        "filing": filing,
        "choices": known,
        "wrong_photos": wrong_photos,
        "photos_left": PHOTOS_MOST - len(filing.photos),
        "has_errors": bool(form.errors or wrong_photos),
        "steps": STEPS,
        "step": 1,
        "menu": "submit",
    }
    return render(request, "citizen/what.html", facts, status=422 if facts["has_errors"] else 200)


def _with(filing: Filing, form: WhatForm) -> dict[str, Any]:
    """The values of this page's fields, beside those of the next page's."""
    own = {code for code, _one in form.own}
    others = {code: value for code, value in filing.attributes.items() if code not in own}
    return others | form.attributes


@require_POST
def remove_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Take a photo back."""
    filing = filing_of(request)
    if any(photo["id"] == str(photo_id) for photo in filing.photos):
        file_delete(photo_id)
        left = [photo for photo in filing.photos if photo["id"] != str(photo_id)]
        keep(request, filing, photos=left)
    return redirect("voice_what")


def _with_photos(request: HttpRequest, filing: Filing) -> tuple[Filing, list[str]]:
    """Store what can be stored; say beside the field what could not, and why."""
    given, photos, wrong = request.FILES.getlist("photos"), list(filing.photos), []
    for upload in given:
        if len(photos) >= PHOTOS_MOST:
            wrong.append(_("사진은 %(most)d장까지 올릴 수 있습니다.") % {"most": PHOTOS_MOST})
            break
        try:
            stored = file_store(
                upload.file,
                name=str(upload.name),
                about_kind=ABOUT_FILING,
                about_id=UUID(filing.key),
                now=timezone.now(),
            )
        except (FileTooLarge, FileTypeNotAllowed) as refusal:
            wrong.append(f"{upload.name}: {refusal.message}")
        else:
            photos.append({"id": str(stored.id), "name": stored.name})
    return (keep(request, filing, photos=photos) if given else filing), wrong
