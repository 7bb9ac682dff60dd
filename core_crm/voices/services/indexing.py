"""Finding older voices by a field that became searchable after they were filed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from core_crm.common.search import bigrams
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import searchable_codes, searchable_text
from core_crm.voices.services.registration import search_terms_of
from tenants.isolation.fair import Slice

AT_ONCE = 500


def fields_index() -> int:
    """Keep anew what voices are found by whose fields' words are not kept yet; how many they were.

    Harmless to run twice or at once; nothing is read where no field is searchable.
    """
    done, after = 0, None
    while True:
        count, after = fields_index_slice(after)
        done += count
        if after is None:
            return done


def fields_index_slice(after: UUID | None = None) -> tuple[int, UUID | None]:
    """As many voices as a slice has time for, from the one `after`; how many were kept anew, and
    the last one looked at: None when all were."""
    codes, work, done = searchable_codes(), Slice(), 0
    while codes:
        looked_at, due = _next(codes, after)
        _index(due)
        done += len(due)
        if len(looked_at) < AT_ONCE:
            break
        after = looked_at[-1]
        if not work.has_time():
            return done, after
    return done, None


def _next(codes: list[str], after: UUID | None) -> tuple[list[UUID], list[UUID]]:
    """The next voices with such fields, and those of them whose words are not all kept."""
    held = Voice.objects.filter(attributes__has_any_keys=codes).exclude(attributes={})
    further = held.filter(pk__gt=after) if after else held
    rows = list(further.order_by("pk").values_list("pk", "attributes", "search_terms")[:AT_ONCE])
    due = [pk for pk, own, kept in rows if not set(bigrams(searchable_text(own))).issubset(kept)]
    return [pk for pk, _own, _kept in rows], due


@transaction.atomic
def _index(ids: list[UUID]) -> None:
    if not ids:
        return
    voices = list(Voice.objects.select_for_update(skip_locked=True).filter(pk__in=ids))
    for voice in voices:
        voice.search_terms = search_terms_of(voice)
    Voice.objects.bulk_update(voices, ["search_terms"])
