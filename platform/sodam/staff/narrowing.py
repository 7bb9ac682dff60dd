"""To what a figure narrows the list of voices: in the address, as filters, and as chips."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.staff.selectors import department_list, official_get
from core_crm.surveys.selectors import asked_voice_ids
from core_crm.voices.types import InboxFilters, VoicePhase
from sodam.staff import own_filters
from sodam.staff.labels import CLASSES, STATES
from sodam.ui.words import is_english

SPAN = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2]))?")
NO_DEPARTMENT = "-"
LONGEST = 64
CHOICES: dict[str, dict[str, str | Promise]] = {
    "settled": {"yes": gettext_lazy("답변·불가로 끝난 것")},
    "compound": {"yes": gettext_lazy("복합민원"), "no": gettext_lazy("단순민원")},
    "petition_class": CLASSES,
    "phase": {name: sign.word for name, sign in STATES.items() if name in list(VoicePhase)},
}
SPANS: dict[str, str | Promise] = {
    "received": gettext_lazy("접수"),
    "closed": gettext_lazy("종결"),
    "asked": gettext_lazy("만족도를 물음"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in words, and the address of the list without it."""

    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is set in an address; "" narrows nothing.

    `received`, `closed` and `asked` (a survey was sent) are a year or a month (`2026`, `2026-09`).
    `dept` is exactly a department (`-`: none), `bureau` one with all below it. Of a list that was
    asked about, department and official are those of the closing that was asked about.
    """

    received: str = ""
    closed: str = ""
    asked: str = ""
    settled: str = ""
    dept: str = ""
    bureau: str = ""
    officer: str = ""
    compound: str = ""
    petition_class: str = ""
    phase: str = ""
    own: own_filters.Conditions = ()

    @classmethod
    def of(cls, given: Any) -> Narrowing:
        """Read from an address or a kept view; what makes no sense is left out."""
        known = {name: str(given.get(name, "") or "")[:LONGEST] for name in NAMES}
        sensible = {name: value for name, value in known.items() if _makes_sense(name, value)}
        return cls(**sensible, own=own_filters.read(given))

    def params(self) -> dict[str, str]:
        """What is set, by name."""
        set_here = {name: value for name in NAMES if (value := str(getattr(self, name)))}
        return set_here | own_filters.params(self.own)

    def filters(self) -> InboxFilters:
        """For the list; among those asked about, the survey knows department and official."""
        place = {
            "department_code": self.dept,
            "under_department": self.bureau,
            "officer_id": UUID(self.officer) if self.officer else None,
        }
        return InboxFilters(
            **({"among": self._asked_about()} if self.asked else place),
            petition_class=self.petition_class,
            phase=self.phase,
            is_compound={"yes": True, "no": False}.get(self.compound),
            is_settled=True if self.settled else None,
            received_from=_start(self.received),
            received_before=_end(self.received),
            closed_from=_start(self.closed),
            closed_before=_end(self.closed),
            fields=dict(self.own),
        )

    def _asked_about(self) -> Any:
        since, before = _start(self.asked), _end(self.asked)
        if since is None or before is None:
            return ()
        return asked_voice_ids(
            since=since,
            before=before,
            department=self.dept,
            under=self.bureau,
            officer_id=UUID(self.officer) if self.officer else None,
        )

    def words(self) -> dict[str, str]:
        """Each condition in words, by name."""
        set_here = {name: self._word(name, str(getattr(self, name))) for name in NAMES}
        own = own_filters.words(self.own)
        return {name: word for name, word in set_here.items() if word} | own

    def _word(self, name: str, value: str) -> str:
        if not value:
            return ""
        if name in SPANS:
            return f"{_span_word(value)} {SPANS[name]}"
        if name in CHOICES:
            return str(CHOICES[name][value])
        if name == "officer":
            person = official_get(UUID(value))
            return _("담당 %(name)s") % {"name": person.name if person else value}
        if name == "bureau":
            return _("%(name)s(아래 부서 포함)") % {"name": _department_word(value)}
        return _department_word(value)

    def without(self, name: str) -> Narrowing:
        if name.startswith(own_filters.PREFIX):
            return replace(self, own=own_filters.without(self.own, name))
        return replace(self, **{name: ""})


NAMES = tuple(field.name for field in fields(Narrowing) if field.name != "own")


def _makes_sense(name: str, value: str) -> bool:
    if name in SPANS:
        return bool(SPAN.fullmatch(value))
    if name in CHOICES:
        return value in CHOICES[name]
    if name == "officer":
        return _is_uuid(value)
    return True


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _parts(span: str) -> tuple[int, int | None]:
    year, _dash, month = span.partition("-")
    return int(year), int(month) if month else None


def _start(span: str) -> date | None:
    if not span:
        return None
    year, month = _parts(span)
    return date(year, month or 1, 1)


def _end(span: str) -> date | None:
    """The day after its last."""
    if not span:
        return None
    year, month = _parts(span)
    return date(year + 1, 1, 1) if month in {None, 12} else date(year, (month or 0) + 1, 1)


def _span_word(span: str) -> str:
    year, month = _parts(span)
    if month is None:
        return _("%(year)d년") % {"year": year}
    return _("%(year)d년 %(month)d월") % {"year": year, "month": month}


def _department_word(code: str) -> str:
    if code == NO_DEPARTMENT:
        return _("부서 없음")
    found = department_list().filter(code=code).first()
    if found is None:
        return code
    return str((is_english() and found.name_en) or found.name_ko)
