"""Categories as a citizen meets them, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from core_crm.voices.selectors import category_list


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose from (분야)."""

    code: str
    label: str
    notice: str


def choices() -> list[Choice]:
    """All categories in the city's order."""
    is_english = (get_language() or "ko").startswith("en")
    return [
        Choice(
            code=one.code,
            label=one.label_en or one.label_ko if is_english else one.label_ko,
            notice=one.notice_en or one.notice_ko if is_english else one.notice_ko,
        )
        for one in category_list()
    ]


def choice_of(code: str) -> Choice | None:
    """The category of this code, if the city has it."""
    return next((one for one in choices() if one.code == code), None)
