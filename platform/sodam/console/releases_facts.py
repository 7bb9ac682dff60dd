"""How each city stands with this release: its tables, its standard, its plugins, its turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import Error as DatabaseError
from django.utils.translation import gettext as _

from customization.public import plugins_unusable
from sodam.console.cities_words import name_of
from tenants.context import serving_city
from tenants.schema import Key, city_migrations, migrations_on_disk, version_of
from tenants.selectors import CityRow

SERVED = ("open", "suspended")


@dataclass(frozen=True, slots=True)
class Standing:
    """One city. `behind`: how many migrations it lacks; None when its tables cannot be read.

    `unusable`: plugin -> why this release cannot use it.
    """

    code: str
    name: str
    ring: int
    version: str
    behind: int | None
    standard_version: str
    plugin: str
    unusable: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        if self.behind is None:
            return "unread"
        if not self.behind:
            return "current"
        return "blocked" if self.unusable else "behind"

    @property
    def state_word(self) -> str:
        return _words()[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state][0]

    @property
    def icon(self) -> str:
        return TONES[self.state][1]


TONES = {
    "current": ("ok", "check"),
    "behind": ("wait", "hourglass"),
    "blocked": ("no", "ban"),
    "unread": ("no", "alert"),
}


@dataclass(frozen=True, slots=True)
class Ring:
    """The cities of one turn."""

    number: int
    word: str
    lines: tuple[Standing, ...]

    @property
    def waiting(self) -> int:
        return sum(line.state != "current" for line in self.lines)


def standings(rows: Sequence[CityRow]) -> list[Standing]:
    """Of every served city, in the order of turns. Each is served for a moment: two queries."""
    wanted = migrations_on_disk()
    served = [row for row in rows if row.status in SERVED]
    found = [_standing(row, wanted) for row in served]
    return sorted(found, key=lambda one: (one.ring, one.code))


def _standing(row: CityRow, wanted: set[Key]) -> Standing:
    version, behind, unusable = "", None, {}
    try:
        with serving_city(row.code):
            have = city_migrations()
            version, behind = version_of(have), len(wanted - have)
            unusable = plugins_unusable()
    except DatabaseError:
        pass  # a city whose tables are lost, or whose release this page is not of, is shown so
    return Standing(
        code=row.code,
        name=name_of(row),
        ring=row.ring,
        version=version,
        behind=behind,
        standard_version=row.standard_version,
        plugin=row.plugin,
        unusable=unusable,
    )


def rings_of(lines: Sequence[Standing]) -> list[Ring]:
    """The cities by their turns."""
    return [
        Ring(number, ring_word(number), tuple(ones))
        for number, ones in groupby(lines, key=lambda line: line.ring)
    ]


def ring_word(number: int) -> str:
    """`먼저 해 보는 곳` for the canary."""
    if number == 0:
        return _("먼저 해 보는 곳")
    return _("%(n)d번째 차례") % {"n": number}


def outcome_lines(result: dict[str, Any], names: dict[str, str]) -> list[dict[str, Any]]:
    """What the last wave did, city by city, as its operation noted it."""
    words = {"migrated": _("이행함"), "failed": _("실패"), "held": _("보류")}
    tones = {"migrated": ("ok", "check"), "failed": ("no", "alert"), "held": ("wait", "pause")}
    return [
        {
            "name": names.get(code, code),
            "word": words[report["state"]],
            "tone": tones[report["state"]][0],
            "icon": tones[report["state"]][1],
            "told": report["problem"] or f"{report['version_from']} → {report['version_to']}",
            "seconds": report["seconds"],
        }
        for code, report in result.get("cities", {}).items()
    ]


def _words() -> dict[str, str]:
    return {
        "current": _("이 판"),
        "behind": _("이전 판"),
        "blocked": _("플러그인 때문에 보류"),
        "unread": _("읽을 수 없음"),
    }
