"""Which list of customers is asked for: what narrows it is in the address, whom one seeks is not.

A name, a number or an address that somebody types is personal data: it never stands in an address,
a title or a log (gate G10). It comes by POST and is kept in the session until another takes its
place.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.common.districts import districts_of
from core_crm.customers.selectors import CitizenFilters, need_codes
from sodam.staff.customer_words import LANGUAGES, ORGANISATIONS, listed
from tenants.context import current_city

CITIZENS, ORGANISATION = "citizens", "organisations"
KEPT = "customers_sought"
LONGEST = 80
CONTACTS: dict[str, str | Promise] = {
    "phone": gettext_lazy("휴대전화 있음"),
    "email": gettext_lazy("이메일 있음"),
    "none": gettext_lazy("연락처 없음"),
}
STATES: dict[str, str | Promise] = {
    "restricted": gettext_lazy("처리 정지"),
    "no_address": gettext_lazy("주소 없음"),
    "no_birth": gettext_lazy("생년월일 없음"),
}


@dataclass(frozen=True, slots=True)
class Chooser:
    """A list above the table: what narrows by one thing."""

    name: str
    label: str
    answers: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """What an address says: persons or bodies, and what narrows them; "" narrows nothing."""

    kind: str = CITIZENS
    district: str = ""
    language: str = ""
    contact: str = ""
    need: str = ""
    state: str = ""
    type: str = ""

    @classmethod
    def of(cls, given: Any) -> CustomerQuery:
        """Read from an address; what makes no sense is left out."""
        kind = ORGANISATION if given.get("kind") == ORGANISATION else CITIZENS
        found = cls(kind=kind)
        known = {one.name: {code for code, _word in one.answers} for one in found.choosers()}
        asked = {name: str(given.get(name, "")) for name in known}
        return replace(found, **{name: text for name, text in asked.items() if text in known[name]})

    @property
    def is_of_bodies(self) -> bool:
        return self.kind == ORGANISATION

    def choosers(self) -> list[Chooser]:
        """What may narrow this list."""
        if self.is_of_bodies:
            return [_chooser("type", _("종류"), ORGANISATIONS, self.type)]
        districts = {each.code[:5]: each.district for each in districts_of(current_city().code)}
        needs = {code: listed(word, code) for code, word in need_codes().items()}
        return [
            _chooser("district", _("시·군·구"), districts, self.district),
            _chooser("contact", _("연락처"), CONTACTS, self.contact),
            _chooser("language", _("언어"), LANGUAGES, self.language),
            _chooser("need", _("배려 사항"), needs, self.need),
            _chooser("state", _("상태"), STATES, self.state),
        ]

    def filters(self) -> CitizenFilters:
        """For the list of persons."""
        names = ("district", "language", "contact", "need", "state")
        return CitizenFilters(**{name: getattr(self, name) for name in names})

    def params(self) -> dict[str, str]:
        """What is set, by name."""
        set_here = {one.name: getattr(self, one.name) for one in fields(self)}
        if not self.is_of_bodies:
            set_here.pop("kind")
        return {name: text for name, text in set_here.items() if text}

    def url(self, **more: str) -> str:
        """The address of this list."""
        query = urlencode({name: text for name, text in (self.params() | more).items() if text})
        return reverse("staff_customers") + (f"?{query}" if query else "")

    def told(self) -> list[str]:
        """What narrows it, in words."""
        words = {one.name: dict(one.answers) for one in self.choosers()}
        return [
            f"{one.label} {words[one.name][one.chosen]}" for one in self.choosers() if one.chosen
        ]


def _chooser(name: str, label: str, known: Any, chosen: str) -> Chooser:
    return Chooser(name, label, [(code, str(word)) for code, word in known.items()], chosen)


def sought(request: HttpRequest, kind: str) -> str:
    """Whom the official looks for in this list."""
    return str(request.session.get(KEPT, {}).get(kind, ""))


def seek(request: HttpRequest, kind: str, text: str) -> None:
    """Keep whom they look for; nothing ends the search."""
    kept = dict(request.session.get(KEPT, {}))
    kept.pop(kind, None)
    if wanted := text.strip()[:LONGEST]:
        kept[kind] = wanted
    request.session[KEPT] = kept
