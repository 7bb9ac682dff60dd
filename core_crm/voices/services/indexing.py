"""Finding older voices by a field that became searchable after they were filed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from core_crm.common.search import bigrams
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import searchable_codes, searchable_text
from core_crm.voices.services.registration import search_terms_of

AT_ONCE = 500


def fields_index() -> int:
    """Keep anew what voices are found by whose fields' words are not kept yet; how many they were.

    Harmless to run twice or at once; nothing is read where no field is searchable.
    """
    codes = searchable_codes()
    if not codes:
        return 0
    held = Voice.objects.filter(attributes__has_any_keys=codes).exclude(attributes={})
    rows = held.values_list("pk", "attributes", "search_terms").iterator(chunk_size=AT_ONCE)
    due = [pk for pk, own, kept in rows if not set(bigrams(searchable_text(own))).issubset(kept)]
    for start in range(0, len(due), AT_ONCE):
        _index(due[start : start + AT_ONCE])
    return len(due)


@transaction.atomic
def _index(ids: list[UUID]) -> None:
    voices = list(Voice.objects.select_for_update(skip_locked=True).filter(pk__in=ids))
    for voice in voices:
        voice.search_terms = search_terms_of(voice)
    Voice.objects.bulk_update(voices, ["search_terms"])
