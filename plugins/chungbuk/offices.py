"""The two regional offices of Chungbuk: which cities and counties are theirs, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from customization.plugin_api import CaseView, PanelContent

CITY = "sigun"


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the province away from its capital."""

    name: str
    seat: str
    work: str
    article: str


NORTH = Office("북부출장소", "제천", "광업·전기·산림·농업·환경 민원", "조례 제57조")
SOUTH = Office("남부출장소", "옥천", "농업·환경·전기·산림·광업 민원", "조례 제60조")
OFFICES = {
    "jecheon": NORTH,
    "danyang": NORTH,
    "boeun": SOUTH,
    "okcheon": SOUTH,
    "yeongdong": SOUTH,
}


def office_of(case: CaseView) -> str:
    """The office whose area the place lies in; the capital's where it is none's or not known."""
    office = OFFICES.get(str(case.attributes.get(CITY) or ""))
    return office.name if office else "도청"


def nearest(case: CaseView, _today: date) -> PanelContent | None:
    """The office that could deal with it; None in the area of the capital."""
    office = OFFICES.get(str(case.attributes.get(CITY) or ""))
    if office is None:
        return None
    return PanelContent(
        lines=(("출장소", office.name), ("있는 곳", office.seat), ("하는 일", office.work)),
        note=f"도지사가 지정한 민원은 출장소에서 처리합니다. ({office.article})",
    )
