"""What governments and the states of their cities are called on the operator's pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from sodam.ui.words import is_english
from tenants.selectors import CityRow, city_copies, city_list
from tenants.types import NOT_OPEN, OPEN, Purpose

STATES = {
    "open": ("ok", "check"),
    "trial": ("go", "eye"),
    "opening": ("go", "refresh"),
    "suspended": ("wait", "pause"),
    "closed": ("no", "ban"),
    "not_open": ("", "clock"),
    "copy": ("", "copy"),
}


def state_words() -> dict[str, str]:
    return {
        "open": _("운영 중"),
        "trial": _("시험 운영"),
        "opening": _("개통하는 중"),
        "suspended": _("멈춤"),
        "closed": _("닫음"),
        "not_open": _("개통 전"),
        "copy": _("사본"),
    }


def name_of(row: CityRow) -> str:
    return row.name_en if is_english() else row.name_ko


@dataclass(frozen=True, slots=True)
class Names:
    """What every city is called, read once for a page."""

    known: Mapping[str, str]

    @classmethod
    def read(cls) -> Names:
        rows = [*city_list(on=timezone.localdate()), *city_copies()]
        return cls({row.code: name_of(row) for row in rows})

    def of(self, code: str) -> str:
        """All of them for "", the code itself for one that was erased."""
        return self.known.get(code, code) if code else _("모든 시·도")

    def has(self, code: str) -> bool:
        """Is there a page of this city?"""
        return code in self.known


def name_of_city(code: str) -> str:
    """One city's name; for several read `Names` once."""
    return Names.read().of(code)


def state_of(row: CityRow) -> str:
    """How the city stands, in one of the words above."""
    if row.purpose != Purpose.SERVICE:
        return "copy" if row.status == OPEN else row.status
    if row.status == NOT_OPEN and row.standard_version:
        return "opening"
    return "trial" if row.status == OPEN and row.is_trial else row.status
