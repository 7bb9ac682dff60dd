"""The pages of 고객관리 that an official may open: the line of links above each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sodam.staff.access import Seat


@dataclass(frozen=True, slots=True)
class Place:
    """A page: the name of its address, its word and its picture.

    `also`: how the addresses begin of what belongs to it and does not stand below it.
    """

    name: str
    word: str | Promise
    icon: str
    also: str = ""


PLACES = (
    Place("staff_customers", _("고객 목록"), "users", also="/staff/organisations/"),
    Place("staff_occasions", _("방문·행사"), "calendar"),
    Place("staff_imports", _("일괄 등록"), "upload"),
    Place("staff_acquired", _("입수명단"), "inbox"),
    Place("staff_duplicates", _("중복"), "copy", also="/staff/customers/merge"),
    Place("staff_quality", _("정보품질"), "chart"),
    Place("staff_segments", _("세그먼트"), "filter"),
    Place("staff_access_log", _("접속기록"), "shield"),
)


def links_of(official: Seat, path: str) -> list[dict[str, Any]]:
    """The links this official has, the one whose page `path` belongs to marked."""
    found = [
        {"word": place.word, "icon": place.icon, "url": url, "fits": _fitting(place, url, path)}
        for place in PLACES
        if (url := address_of(place.name)) and _may_open(official, url)
    ]
    best = max((link["fits"] for link in found), default=0)
    for link in found:  # /staff/customers/duplicates belongs to the longer address
        link["is_here"] = bool(best) and link["fits"] == best
    return found


def _fitting(place: Place, url: str, path: str) -> int:
    """How many signs of the path say that it belongs to this place."""
    if place.also and path.startswith(place.also):
        return len(place.also)
    return len(url) if path == url or path.startswith(f"{url}/") else 0


def _may_open(official: Seat, url: str) -> bool:
    """By what the page itself asks for: a second list of rights would drift from it."""
    any_of = getattr(resolve(url).func, "any_of", ())
    return not any_of or bool(official.rights & set(any_of))


def address_of(name: str, *args: Any) -> str:
    """The address of a page; "" while there is none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
