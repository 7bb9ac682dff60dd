"""Running every preview that a change calls for, each read-only and within its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from customization.preview.types import Impact, Tree


class Preview(Protocol):
    """One module of this package: `impact` says None when the change does not touch its kind."""

    def impact(self, before: Tree, after: Tree, *, now: datetime) -> Impact | None: ...


PREVIEWS: tuple[Preview, ...] = ()


def what_if(
    before: Tree, after: Tree, *, now: datetime, previews: Sequence[Preview] = PREVIEWS
) -> list[Impact]:
    """The effects of having `after` instead of `before`, on the stored cases and facts."""
    found = (preview.impact(before, after, now=now) for preview in previews)
    return [impact for impact in found if impact is not None]
