"""The overlay a government comes with: how it differs from the standard, each place with a source.

`fixtures/cities/<code>/overlay.yaml` is data, read once. It becomes the city's first manifest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from core_crm.extension_points import FIXTURES
from customization.resolution.operations import Operation, operation
from customization.resolution.trees import ABSENT, Path, Tree, value_at


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """Where a fact was published, and when. `url`: its address, if it has one."""

    title: str = Field(min_length=1)
    dated: date
    url: str = ""

    def __str__(self) -> str:
        return f"{self.title}, {self.dated.isoformat()}"


class Difference(_Strict):
    """One place that is other than the standard's: `set` to a value, or `remove`d.

    `source`: the key of the source that the fact behind it comes from.
    """

    set: Any = None
    remove: Literal[True] | None = None
    reason: str = Field(min_length=1)
    source: str

    @model_validator(mode="after")
    def _one_of_both(self) -> Difference:
        if ("set" in self.model_fields_set) == bool(self.remove):
            raise ValueError("either `set` or `remove: true`")
        return self

    @property
    def wanted(self) -> Any:
        return ABSENT if self.remove else self.set


class Overlay(_Strict):
    """All differences of one government, by the dotted path of their place.

    `needs`: the plugin whose documents and measures it speaks of; without it, it is not used.
    """

    city: str
    based_on: str
    needs: str = ""
    read_on: date
    sources: Mapping[str, Source]
    changes: Mapping[str, Difference] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_its_sources(self) -> Overlay:
        named = {one.source for one in self.changes.values()}
        if named != set(self.sources):
            odd = sorted(named ^ set(self.sources))
            raise ValueError(f"sources that are not there, or not needed: {', '.join(odd)}")
        return self

    def operations(self, standard: Tree) -> tuple[Operation, ...]:
        """As operations on that standard, which is the one of `based_on`."""
        return tuple(
            operation(path, seen=value_at(standard, path), wanted=one.wanted, reason=self.why(one))
            for path, one in ((path_of(place), one) for place, one in self.changes.items())
        )

    def why(self, one: Difference) -> str:
        """Reason, source and date in one line, as the history of the documents shows it."""
        return f"{one.reason} (출처: {self.sources[one.source]})"


def path_of(place: str) -> Path:
    """`kpi.speed.target` as a path; `/` parts the steps where a code itself has dots."""
    return tuple(place.split("/" if "/" in place else "."))


@lru_cache(maxsize=32)
def overlay_of(code: str) -> Overlay | None:
    """What ships with this government; None when nothing does."""
    path = FIXTURES / "cities" / code / "overlay.yaml"
    if not path.is_file():
        return None
    return Overlay.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
