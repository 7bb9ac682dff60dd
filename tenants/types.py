"""What every part of the product may know of a city."""

from __future__ import annotations

from dataclasses import dataclass

OPEN, SUSPENDED = "open", "suspended"


@dataclass(frozen=True, slots=True)
class CityRef:
    """The city being served, as its own pages and messages may name it."""

    code: str
    name_ko: str
    name_en: str
    short_name_ko: str
    status: str
    official_site: bool
    standard_version: str
    plugin: str
    host: str

    @property
    def schema_name(self) -> str:
        return self.code
