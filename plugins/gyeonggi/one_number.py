"""What 031-120 leads to, beside a voice that could have gone there."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

LINES = {
    "인권": ("인권센터", "031-120, 2번"),
    "공익제보": ("공익제보 핫라인", "031-120, 7번"),
    "공익 제보": ("공익제보 핫라인", "031-120, 7번"),
}
PASSPORT = ("여권", "4일 안에 발급, 언제나민원실은 24시간")


def direct_line(case: CaseView, _today: date) -> PanelContent | None:
    """The lines its title speaks of, and the passport office's promise; None for any other."""
    found = dict(line for word, line in LINES.items() if word in case.title)
    if case.category == "certificate" and "여권" in case.title:
        found.update([PASSPORT])
    return PanelContent(lines=tuple(found.items())) if found else None
