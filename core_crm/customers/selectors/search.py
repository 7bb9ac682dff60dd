"""Finding customers by what somebody tells: a name, a number, an address (고객 찾기).

The cost does not grow with the city: whole contacts and whole names are looked up in their index.
Parts are looked for among the newest first; only what is rare there is asked of all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from core_crm.common.personal_data import normalise_phone
from core_crm.common.search import bigrams, words
from core_crm.customers.models import Citizen, ContactPoint, Organisation
from core_crm.customers.selectors.terms import LAST_DIGITS
from core_crm.customers.types import CustomerState

NEWEST = 2000
LIMIT = 51
EVERYBODY = Q()
_MOBILE_END = re.compile(r"(?!1[5-9])[0-9]{4}[ .-]?[0-9]{4}")  # 010 is left out in speech
_PHONE = re.compile(r"[+0-9][0-9 ().\-]{5,20}")


def citizen_search(
    query: str, *, limit: int = LIMIT, after: UUID | None = None, narrow: Q = EVERYBODY
) -> list[Citizen]:
    """Citizens by name, part of a name or of an address, 초성, phone, its last four digits, e-mail.

    Words stand beside each other: 김하늘 4211 finds who has both. First who has exactly this name,
    then the newest. `after`: the id of the last one of the page before. Aliases are shown as whom
    they were merged into; the erased are not found. An empty query finds nobody. `narrow`: what
    else must hold of them.
    """
    query = unicodedata.normalize("NFC", query).strip()
    if contact := _contact(query):
        return _survivors(_by_contact(contact, limit=limit, after=after, narrow=narrow))
    asked = words(query)
    if not asked:
        return []
    name = " ".join(query.split())
    last = Citizen.objects.filter(pk=after).first() if after else None
    is_past_names = last is not None and last.name != name
    named = [] if is_past_names else _named(name, limit=limit, last=last, narrow=narrow)
    if len(named) >= limit:
        return named
    past = last if is_past_names else None
    parts = _by_parts(asked, name, limit=limit - len(named), last=past, narrow=narrow)
    return _survivors([*named, *parts])


def organisation_search(query: str, *, limit: int = LIMIT) -> list[Organisation]:
    """Bodies by name, registration number, phone or address, by name."""
    query = unicodedata.normalize("NFC", query).strip()
    found = Organisation.objects.filter(state=CustomerState.ACTIVE)
    digits = re.sub(r"[\s-]", "", query)
    if re.fullmatch(r"[0-9]{10}|[0-9]{13}", digits) and (
        numbered := list(found.filter(registration_no=digits)[:limit])
    ):
        return numbered
    if contact := _contact(query):
        others = ContactPoint.objects.filter(value=contact, organisation__isnull=False)
        known = Q(phone=contact) | Q(email=contact) | Q(pk__in=others.values("organisation"))
        return list(found.filter(known).order_by("name", "id")[:limit])
    asked = words(query)
    if not asked:
        return []
    return list(found.filter(_holds(asked)).order_by("name", "id")[:limit])


def _contact(query: str) -> str:
    """The query as a whole telephone or e-mail address; "" when it is neither."""
    query = unicodedata.normalize("NFKC", query)
    if "@" in query:
        return query.lower()
    if not _PHONE.fullmatch(query) or len(re.sub(r"\D", "", query)) < 8:
        return ""
    return normalise_phone(f"010{query}" if _MOBILE_END.fullmatch(query) else query)


def _by_contact(contact: str, *, limit: int, after: UUID | None, narrow: Q) -> list[Citizen]:
    """Who has it in use, or had it as a further contact."""
    column = "email" if "@" in contact else "phone"
    further = ContactPoint.objects.filter(value=contact, citizen__isnull=False)
    ids = {
        *Citizen.objects.filter(**{column: contact}).values_list("pk", flat=True)[:1000],
        *further.values_list("citizen", flat=True)[:1000],
    }
    found = _known().filter(narrow, pk__in=ids)
    return _newest(found.filter(pk__lt=after) if after else found, limit)


def _named(name: str, *, limit: int, last: Citizen | None, narrow: Q) -> list[Citizen]:
    """Who has exactly this name, in the order of the index that holds names with contacts."""
    found = Citizen.objects.filter(
        narrow, name=name, is_anonymous=False, state=CustomerState.ACTIVE
    )
    if last is not None:
        beyond = Q(phone=last.phone, email__gt=last.email) | Q(phone__gt=last.phone)
        found = found.filter(beyond, phone__gte=last.phone)
    return list(found.order_by("name", "phone", "email")[:limit])


def _by_parts(
    asked: list[str], name: str, *, limit: int, last: Citizen | None, narrow: Q
) -> list[Citizen]:
    """The newest of whom every word holds, those of exactly this name (listed before) left out."""
    is_listed = Q(name=name, is_anonymous=False, state=CustomerState.ACTIVE)
    found = _known().filter(_holds(asked), narrow).exclude(is_listed)
    if last is not None:
        return _newest(found.filter(pk__lt=last.pk), limit)
    newest = Citizen.objects.order_by("-pk").values("pk")[NEWEST : NEWEST + 1]
    oldest_of_them = newest.values_list("pk", flat=True).first()
    if oldest_of_them is not None:
        recent = _newest(found.filter(pk__gt=oldest_of_them), limit)
        if len(recent) == limit:
            return recent
    return _newest(found, limit)


def _holds(asked: Iterable[str]) -> Q:
    """Every word is there: its pairs, or as the last four digits of the phone."""
    condition = Q()
    for word in asked:
        pairs = bigrams(word)
        holds = Q(terms__contains=pairs) if pairs else _has_sign(word)
        if len(word) == LAST_DIGITS and word.isdigit():
            holds |= Q(terms__contains=[f"#{word}"])
        condition &= holds
    return condition


def _has_sign(sign: str) -> Q:
    """A single sign makes no pair: the 7 of `수영대로 6번길 7`."""
    return Q(name__contains=sign) | Q(address__contains=sign)


def _known() -> QuerySet[Citizen]:
    """Everybody but the erased, each with whom they were merged into."""
    return Citizen.objects.exclude(state=CustomerState.ERASED).select_related("merged_into")


def _newest(found: QuerySet[Citizen], limit: int) -> list[Citizen]:
    return list(found.order_by("-pk")[:limit])


def _survivors(found: Iterable[Citizen]) -> list[Citizen]:
    """Aliases as whom they were merged into, each once."""
    shown: dict[UUID, Citizen] = {}
    for citizen in found:
        survivor = citizen
        while survivor.merged_into_id is not None and survivor.merged_into is not None:
            survivor = survivor.merged_into
        shown.setdefault(survivor.pk, survivor)
    return list(shown.values())
