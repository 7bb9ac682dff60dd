"""A voice being written: kept in the session from page to page, until it is filed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

KEY = "filing"
FILED_KEY = "filed"
FILED_KEPT = 5
STEPS = (
    gettext_lazy("무엇을, 어디서"),
    gettext_lazy("연락처와 동의"),
    gettext_lazy("확인하고 내기"),
)


@dataclass(frozen=True, slots=True)
class Filing:
    """What was entered so far. `key` makes a second press of the last button harmless."""

    key: str
    category: str = ""
    title: str = ""
    body: str = ""
    location: str = ""
    photos: list[dict[str, str]] = field(default_factory=list)
    name: str = ""
    phone: str = ""
    email: str = ""
    reply_channel: str = ""
    is_public: str = ""
    has_consented: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)
    """Values of the city's custom fields, by code."""

    @property
    def has_what(self) -> bool:
        return bool(self.category and self.title and self.body)

    @property
    def has_you(self) -> bool:
        return bool(self.has_consented and self.name and (self.phone or self.email))


def filing_of(request: HttpRequest) -> Filing:
    """The draft of this browser, or an empty one."""
    kept = request.session.get(KEY)
    return Filing(**kept) if kept else Filing(key=uuid4().hex)


def keep(request: HttpRequest, filing: Filing, **changes: Any) -> Filing:
    """Remember what was entered; it is gone with the session."""
    changed = replace(filing, **changes)
    request.session[KEY] = asdict(changed)
    return changed


def finish(request: HttpRequest, *, key: str, ref: str) -> None:
    """Filed: forget the draft, remember the receipt, so that a second press finds it."""
    request.session.pop(KEY, None)
    filed = [one for one in request.session.get(FILED_KEY, []) if one["key"] != key]
    request.session[FILED_KEY] = [*filed, {"key": key, "ref": ref}][-FILED_KEPT:]


def filed_ref(request: HttpRequest, *, key: str) -> str:
    """The reference a draft got when it was filed before; empty when it was not."""
    filed = request.session.get(FILED_KEY, [])
    return next((str(one["ref"]) for one in filed if one["key"] == key), "")


def has_filed(request: HttpRequest, *, ref: str) -> bool:
    """Did this browser file the voice?"""
    return any(one["ref"] == ref for one in request.session.get(FILED_KEY, []))
