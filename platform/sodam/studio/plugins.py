"""`/studio/plugins`: what this government can have beside the standard, and how it fares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from customization.public import (
    Loaded,
    PluginUse,
    Quarantined,
    health_list,
    paused_here,
    plugin_list,
    plugin_quarantined_list,
    use_of,
    uses_here,
)
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.plugin_words import Addition, additions, in_short, state_of
from tenants.context import current_city


@dataclass(frozen=True, slots=True)
class Card:
    """One plugin as this city sees it."""

    loaded: Loaded
    use: PluginUse | None
    is_paused: bool
    health: Any

    @property
    def plugin(self) -> Any:
        return self.loaded.plugin

    @property
    def is_newer(self) -> bool:
        """Is there something to take: another version, or other documents?"""
        return self.use is not None and self.use != use_of(self.loaded, self.use.config)

    @property
    def state(self) -> Mapping[str, str]:
        return state_of(
            is_on=self.use is not None, is_paused=self.is_paused, is_newer=self.is_newer
        )

    @property
    def additions(self) -> list[Addition]:
        return additions(self.loaded)

    @property
    def in_short(self) -> str:
        return in_short(self.additions)


@require_GET
@studio_page
def plugins(request: StudioRequest) -> HttpResponseBase:
    """Those that are on first; then those that could be; then those that cannot be used."""
    cards = sorted(cards_here(), key=lambda one: (one.use is None, one.plugin.code))
    facts = {
        "cards": cards,
        "on": sum(one.use is not None for one in cards),
        "broken": [one for one in plugin_quarantined_list() if is_ours(one)],
        "missing": _missing({one.plugin.code for one in cards}),
        "place": "plugins",
    }
    return show(request, "studio/plugins.html", facts)


def cards_here() -> list[Card]:
    """The plugins this city may use."""
    uses, paused, health = {one.code: one for one in uses_here()}, paused_here(), health_list()
    return [
        Card(
            loaded=one,
            use=uses.get(one.plugin.code),
            is_paused=one.plugin.code in paused,
            health=health.get(one.plugin.code),
        )
        for one in plugin_list()
        if one.may_serve(current_city().region_code)
    ]


def is_ours(one: Quarantined) -> bool:
    """Is it this city's matter: its government's own, or an installed one?"""
    own = f"plugins.{current_city().region_code}"
    return one.origin == own or not one.origin.startswith("plugins.")


def _missing(known: set[str]) -> list[PluginUse]:
    """Those turned on that this process does not have: their documents stay, nothing is asked."""
    return [one for one in uses_here() if one.code not in known]
