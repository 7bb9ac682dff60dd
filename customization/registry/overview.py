"""All plugins there are, for the operator: the governments' own, installed ones, and those left
out, each with the cities where it is on and where it is paused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core_crm.extension_points import FIXTURES
from customization.documents.selectors import plugins_in_force
from customization.registry.discovery import BUILT_IN
from customization.registry.health import paused_here
from customization.registry.loading import Loaded
from customization.registry.store import known_plugins, plugin_list
from tenants.context import open_city_codes, serving_city, serving_platform
from tenants.selectors import region_list

Status = Literal["loaded", "quarantined", "overlay", "none"]


@dataclass(frozen=True, slots=True)
class PluginRow:
    """One plugin, or a government that has none. `status`: usable, left out, a government that
    differs in documents only, or one that takes the standard as it is."""

    code: str
    name: str
    status: Status
    government: str = ""
    version: str = ""
    api: str = ""
    publisher: str = ""
    summary: str = ""
    source: str = ""
    origin: str = ""
    reason: str = ""
    contributes: tuple[str, ...] = ()
    documents: int = 0
    permissions: tuple[str, ...] = ()
    enabled_in: tuple[str, ...] = ()
    paused_in: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    on: dict[str, list[str]]
    paused: dict[str, list[str]]


def plugin_overview(*, on: date) -> list[PluginRow]:
    """The governments of the day in their order, then other plugins, then those left out.

    Looks into every open city, so for operators' pages and commands.
    """
    with serving_platform():
        names = {region.code: region.name_ko for region in region_list(on=on)}
    seen, loaded = _looked_everywhere(), {one.plugin.code: one for one in plugin_list()}
    governments = [_government(code, name, loaded, seen) for code, name in names.items()]
    others = [_row(one, seen) for code, one in loaded.items() if code not in names]
    return [*governments, *others, *_left_out(names)]


def _looked_everywhere() -> _Seen:
    seen = _Seen(defaultdict(list), defaultdict(list))
    for city in open_city_codes():
        with serving_city(city):
            for use in plugins_in_force():
                seen.on[use.code].append(city)
            for code in paused_here():
                seen.paused[code].append(city)
    return seen


def _government(code: str, name: str, loaded: Mapping[str, Loaded], seen: _Seen) -> PluginRow:
    one = loaded.get(code)
    if one is not None and one.is_a_governments:
        return _row(one, seen, government=name)
    left_out = next((each for each in _left_out({}) if each.code == code), None)
    if left_out is not None:
        return left_out
    has_overlay = (FIXTURES / "cities" / code / "overlay.yaml").is_file()
    return PluginRow(code, name, "overlay" if has_overlay else "none", government=name)


def _row(loaded: Loaded, seen: _Seen, *, government: str = "") -> PluginRow:
    plugin = loaded.plugin
    return PluginRow(
        code=plugin.code,
        name=plugin.name,
        status="loaded",
        government=government,
        version=plugin.version,
        api=".".join(map(str, plugin.api)),
        publisher=plugin.publisher,
        summary=plugin.summary,
        source=plugin.source,
        origin=loaded.origin,
        contributes=tuple(f"{type(one).__name__} {one.code}" for one in plugin.contributes),
        documents=sum(map(len, loaded.parts.values())),
        permissions=tuple(each.value for each in plugin.permissions),
        enabled_in=tuple(seen.on.get(plugin.code, ())),
        paused_in=tuple(seen.paused.get(plugin.code, ())),
    )


def _left_out(shown: Mapping[str, str]) -> Iterator[PluginRow]:
    """Those in quarantine; without governments that have a line already."""
    for one in known_plugins().quarantined:
        code = one.origin.removeprefix(f"{BUILT_IN}.") if _is_ours(one.origin) else ""
        if code not in shown or not code:
            yield PluginRow(
                code, code or one.origin, "quarantined", origin=one.origin, reason=one.reason
            )


def _is_ours(origin: str) -> bool:
    return origin.startswith(f"{BUILT_IN}.")
