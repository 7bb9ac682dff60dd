"""The eup and myeon of Sejong; all other places of it are dong, the new town."""

from __future__ import annotations

from customization.plugin_api import CaseView

PLACE = "eupmyeondong"
COUNTRYSIDE = frozenset(
    {
        "jochiwon",
        "yeongi",
        "yeondong",
        "bugang",
        "geumnam",
        "janggun",
        "yeonseo",
        "jeonui",
        "jeondong",
        "sojeong",
    }
)


def kind_of_place(case: CaseView) -> str | None:
    """읍·면 or 동, by the place that was chosen; None when nobody chose one."""
    place = case.attributes.get(PLACE)
    if not isinstance(place, str) or not place:
        return None
    return "읍·면" if place in COUNTRYSIDE else "동"
