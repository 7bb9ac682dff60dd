"""Which list an address asks for; it travels with an opened case, so going back is exact."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sodam.staff.labels import SORTS, VIEWS

DEFAULT_VIEW, DEFAULT_SORT = "mine", "due"


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A view, what is searched in it, and in which order; `saved` marks a kept view."""

    view: str = DEFAULT_VIEW
    q: str = ""
    sort: str = DEFAULT_SORT
    saved: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> ListQuery:
        """Read an address; what it does not know becomes the default."""
        view, sort = given.get("view", DEFAULT_VIEW), given.get("sort", DEFAULT_SORT)
        return cls(
            view=view if view in VIEWS else DEFAULT_VIEW,
            q=given.get("q", "").strip()[:100],
            sort=sort if sort in SORTS else DEFAULT_SORT,
            saved=given.get("saved", "")[:36],
        )

    def encoded(self, **more: str) -> str:
        """As the query part of an address; defaults are left out except the view."""
        kept = {name: value for name, value in asdict(self).items() if value}
        if self.sort == DEFAULT_SORT:
            kept.pop("sort")
        return urlencode(kept | {name: value for name, value in more.items() if value})

    def list_url(self, **more: str) -> str:
        return f"{reverse('staff_inbox')}?{self.encoded(**more)}"

    def case_url(self, ref: str) -> str:
        return f"{reverse('staff_voice', args=[ref])}?{self.encoded()}"

    def conditions(self) -> dict[str, str]:
        """What a saved view keeps."""
        return asdict(replace(self, saved=""))
