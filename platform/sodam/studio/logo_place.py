"""Where a city's logo lies in the room of files: one file, of the city itself."""

from __future__ import annotations

from uuid import UUID

LOGO = ("city_logo", UUID(int=0))
