"""The pages of 고객관리 that an official may open: the line of links above each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core_crm.staff.types import Right
from sodam.staff.access import Seat


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its word, whose right opens it, and how addresses below it begin."""

    name: str
    word: str | Promise
    icon: str
    rights: tuple[Right, ...]


PLACES = (
    Place("staff_customers", _("고객 목록"), "users", (Right.CUSTOMER_VIEW,)),
    Place("staff_occasions", _("방문·행사"), "calendar", (Right.CUSTOMER_VIEW,)),
    Place("staff_imports", _("일괄 등록"), "upload", (Right.CUSTOMER_IMPORT,)),
    Place("staff_acquired", _("입수명단"), "inbox", (Right.CUSTOMER_VIEW,)),
    Place("staff_duplicates", _("중복"), "copy", (Right.CUSTOMER_MERGE,)),
    Place("staff_quality", _("정보품질"), "chart", (Right.CUSTOMER_CHANGE,)),
    Place("staff_segments", _("세그먼트"), "filter", (Right.SEGMENT_VIEW,)),
    Place("staff_access_log", _("접속기록"), "shield", (Right.AUDIT_VIEW,)),
)


def links_of(official: Seat, path: str) -> list[dict[str, Any]]:
    """The links this official has, the one whose page `path` belongs to marked."""
    found = [
        {"word": place.word, "icon": place.icon, "url": url}
        for place in PLACES
        if official.rights & set(place.rights) and (url := address_of(place.name))
    ]
    for link in found:
        url = link["url"]
        link["is_here"] = path == url or path.startswith(f"{url}/")
    fitting = [link for link in found if link["is_here"]]
    for link in sorted(fitting, key=lambda one: len(str(one["url"])))[:-1]:
        link["is_here"] = False  # /staff/customers/duplicates belongs to the longer address
    return found


def address_of(name: str, *args: Any) -> str:
    """The address of a page; "" while there is none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
