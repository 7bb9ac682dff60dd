"""Which list an address asks for; it travels with an opened case, so going back is exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sodam.staff.labels import SORTS, VIEWS
from sodam.staff.narrowing import Chip, Narrowing

PLACE = "--"  # stands for a reference; no reference looks so
DEFAULT_VIEW, DEFAULT_SORT = "mine", "due"


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A view, what is searched in it, and in which order; `saved` marks a kept view.

    `narrow` is what a figure, from which one came here, counted.
    """

    view: str = DEFAULT_VIEW
    q: str = ""
    sort: str = DEFAULT_SORT
    saved: str = ""
    narrow: Narrowing = field(default_factory=Narrowing)

    @classmethod
    def of(cls, given: QueryDict | Mapping[str, Any]) -> ListQuery:
        """Read an address or a kept view; what it does not know becomes the default."""
        view, sort = given.get("view", DEFAULT_VIEW), given.get("sort", DEFAULT_SORT)
        return cls(
            view=view if view in VIEWS else DEFAULT_VIEW,
            q=str(given.get("q", "")).strip()[:100],
            sort=sort if sort in SORTS else DEFAULT_SORT,
            saved=str(given.get("saved", ""))[:36],
            narrow=Narrowing.of(given),
        )

    def encoded(self, **more: str) -> str:
        """As the query part of an address; defaults are left out except the view."""
        kept = self.conditions() | {"saved": self.saved} | more
        if self.sort == DEFAULT_SORT:
            kept.pop("sort")
        return urlencode({name: value for name, value in kept.items() if value})

    def list_url(self, **more: str) -> str:
        return f"{reverse('staff_inbox')}?{self.encoded(**more)}"

    def case_urls(self) -> Callable[[str], str]:
        """What gives the address of a case, by its reference; composed once for a whole list."""
        before, after = f"{reverse('staff_voice', args=[PLACE])}?{self.encoded()}".split(PLACE, 1)
        return lambda ref: f"{before}{ref}{after}"

    def case_url(self, ref: str) -> str:
        return f"{reverse('staff_voice', args=[ref])}?{self.encoded()}"

    def conditions(self) -> dict[str, str]:
        """What a saved view keeps."""
        return {"view": self.view, "q": self.q, "sort": self.sort, **self.narrow.params()}

    def chips(self) -> list[Chip]:
        """What narrows the list, each with the way to let go of it."""
        return [
            Chip(word, replace(self, narrow=self.narrow.without(name), saved="").list_url())
            for name, word in self.narrow.words().items()
        ]
