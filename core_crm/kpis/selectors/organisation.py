"""The organisation of today as the facts are read by: places, names, and who stands above whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core_crm.staff.models import Department

NOWHERE = 1_000_000_000
"""Cases of no department come last."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Departments by code: their order, names, and the root above each (its bureau)."""

    places: Mapping[str, int]
    names: Mapping[str, str]
    parents: Mapping[str, str]

    @classmethod
    def of_this_city(cls) -> Organisation:
        rows = Department.objects.order_by("sort", "code").values_list(
            "code", "name_ko", "parent__code"
        )
        found = list(rows)
        return cls(
            places={code: place for place, (code, _, _) in enumerate(found)},
            names={code: name for code, name, _ in found},
            parents={code: parent or "" for code, _, parent in found},
        )

    def place(self, code: str) -> int:
        return self.places.get(code, NOWHERE)

    def name(self, code: str) -> str:
        return self.names.get(code, "")

    def bureau(self, code: str) -> str:
        """The root above a department; itself when nothing is above it."""
        while above := self.parents.get(code):
            code = above
        return code
