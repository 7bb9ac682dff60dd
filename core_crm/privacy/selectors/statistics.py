"""How often data was shown, and by which edition of a text people agreed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from core_crm.audit.selectors import disclosures_between
from core_crm.customers.models import Consent
from core_crm.privacy.types import AccessCount, EditionCount


def access_counts(since: datetime, until: datetime) -> list[AccessCount]:
    """Rows of the access log and different persons, by what was done; the most first."""
    rows = disclosures_between(since, until).order_by().values("action")
    told = rows.annotate(shown=Count("id"), persons=Count("subject_id", distinct=True))
    found = [AccessCount(one["action"], one["shown"], one["persons"]) for one in told]
    return sorted(found, key=lambda one: (-one.shown, one.action))


def consent_editions() -> list[EditionCount]:
    """Agreements in force by text and edition: an older edition shows as a digest of its own."""
    given = Consent.objects.filter(is_given=True).exclude(text_code="")
    told = given.values("text_code", "text_digest").annotate(n=Count("id"))
    rows = told.order_by("text_code", "-n")
    return [EditionCount(one["text_code"], one["text_digest"], one["n"]) for one in rows]
