"""What the address of a page asks for: the whole state, to share, to print, to go back to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

MOST_COMPARED = 5
KINDS: dict[str, bool | None] = {"": None, "simple": False, "compound": True}
PEERS = ("", "city", "province")


@dataclass(frozen=True, slots=True)
class Asked:
    """One view of the figures.

    `region` is the one selected government, "" for whoever stands first. `compared` stand in the
    trend beside it. `peers`: all governments, those of cities (…시) or of provinces (…도).
    """

    month: date
    measure: str
    kind: str = ""
    is_per_thousand: bool = False
    peers: str = ""
    region: str = ""
    compared: tuple[str, ...] = ()

    @property
    def is_compound(self) -> bool | None:
        return KINDS[self.kind]

    def query(self, **changes: Any) -> str:
        """The query string of this view with some of it changed. Month and measure always stand
        there, so that an address that was shared keeps its meaning."""
        view = replace(self, **changes)
        given = [
            ("month", f"{view.month:%Y-%m}"),
            ("measure", view.measure),
            ("kind", view.kind),
            ("per", "1000" if view.is_per_thousand else ""),
            ("peers", view.peers),
            ("region", view.region),
            *(("with", code) for code in view.compared),
        ]
        return urlencode([(name, value) for name, value in given if value])

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """Fields that a form of its own must carry on, without those it asks itself."""
        held = QueryDict(self.query())
        return [
            (name, str(value))
            for name, values in held.lists()
            for value in values
            if name not in but
        ]


def asked_of(
    given: QueryDict,
    *,
    months: Sequence[date],
    measures: Sequence[str],
    codes: Collection[str],
    default_month: date,
) -> Asked:
    """Read an address; what is not known falls back to the default, so that every link opens.

    The default month is the last one that is over: the running month still changes.
    """
    kind, peers, region = (given.get(name, "") for name in ("kind", "peers", "region"))
    measure = given.get("measure", "")
    compared = list(dict.fromkeys(code for code in given.getlist("with") if code in codes))
    return Asked(
        month=_month(given.get("month", ""), months, default_month),
        measure=measure if measure in measures else next(iter(measures), ""),
        kind=kind if kind in KINDS else "",
        is_per_thousand=given.get("per") == "1000",
        peers=peers if peers in PEERS else "",
        region=region if region in codes else next(iter(compared), ""),
        compared=tuple(compared[:MOST_COMPARED]),
    )


def _month(text: str, months: Sequence[date], default: date) -> date:
    """The month that is asked for, if there are figures of it."""
    return next((month for month in months if f"{month:%Y-%m}" == text), default)
