"""What an address of the quality pages says: of whom, from where, which test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core_crm.customers.selectors.quality_checks import (
    CITIZENS,
    ORGANISATIONS,
    Check,
    check_get,
    checks_of,
)

LONGEST = 40


@dataclass(frozen=True, slots=True)
class QualityQuery:
    """`source` "": all of them."""

    subject: str = CITIZENS
    source: str = ""

    @classmethod
    def of(cls, given: Any) -> QualityQuery:
        """Read from an address; what makes no sense is left out."""
        is_bodies = given.get("subject") == ORGANISATIONS
        source = str(given.get("source", ""))[:LONGEST]
        return cls(ORGANISATIONS if is_bodies else CITIZENS, source)

    @property
    def is_of_bodies(self) -> bool:
        return self.subject == ORGANISATIONS

    def url(self, name: str = "staff_quality", *args: str, **more: str) -> str:
        """An address of these pages, for the same subject and source."""
        known = {"subject": self.subject if self.is_of_bodies else "", "source": self.source}
        query = urlencode({key: text for key, text in (known | more).items() if text})
        return reverse(name, args=args) + (f"?{query}" if query else "")

    def rows_url(self, field: str, measure: str, *, source: str | None = None) -> str:
        """The list of the rows that fail a test."""
        more = {} if source is None else {"source": source}
        return self.url("staff_quality_rows", field=field, measure=measure, **more)

    def check(self, given: Any) -> Check:
        """The test that an address names; the first one where there is none of that name."""
        field, measure = str(given.get("field", "")), str(given.get("measure", ""))
        return check_get(self.subject, field, measure) or checks_of(self.subject)[0]
