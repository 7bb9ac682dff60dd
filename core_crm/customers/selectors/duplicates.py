"""Who may be the same person as somebody (중복 후보): looked up by what two records may share.

Nobody is compared with everybody. Records are compared that share a telephone, an e-mail address, a
day of birth with the name or the neighbourhood, or a name with an address; each by an index, and of
each at most `MOST_IN_BLOCK`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from core_crm.common.districts import district_of
from core_crm.common.personal_data import normalise_phone
from core_crm.common.safe_text import tidy
from core_crm.customers.models import Citizen, HouseholdMember, Relation
from core_crm.customers.selectors.duplicates_evidence import (
    COLUMNS,
    LEAST,
    LEAST_AT_ENTRY,
    Code,
    Known,
    evidence_of,
    likelihood,
    total,
    weighed,
)
from core_crm.customers.types import CitizenDraft, Evidence
from tenants import sql
from tenants.context import current_city
from tenants.isolation.ids import uuid7

MOST_IN_BLOCK = 60
Pair = tuple[UUID, UUID]

_FOUND = """
WITH mine AS MATERIALIZED ({mine})
SELECT mine.id, other.id, false FROM mine, LATERAL (
  SELECT id FROM {citizens} o WHERE o.phone = mine.phone AND o.phone <> ''
    AND o.state = 'active' LIMIT {most}) other WHERE other.id <> mine.id
UNION ALL SELECT mine.id, other.id, false FROM mine, LATERAL (
  SELECT id FROM {citizens} o WHERE o.email = mine.email AND o.email <> ''
    AND o.state = 'active' LIMIT {most}) other WHERE other.id <> mine.id
UNION ALL SELECT mine.id, other.id, false FROM mine, LATERAL (
  SELECT id FROM {citizens} o WHERE o.birth_on = ANY(ARRAY[mine.birth_on, {swapped}])
    AND o.birth_on IS NOT NULL AND o.state = 'active'
    AND (replace(o.name, ' ', '') = replace(mine.name, ' ', '')
      OR (o.district_code = mine.district_code AND mine.district_code <> ''
        AND left(o.name, 1) = left(mine.name, 1)))
    LIMIT {most}) other WHERE other.id <> mine.id
UNION ALL SELECT mine.id, other.id, false FROM mine, LATERAL (
  SELECT id FROM {citizens} o WHERE o.name = mine.name AND NOT o.is_anonymous
    AND o.state = 'active' AND o.address = mine.address LIMIT {most}) other
  WHERE mine.birth_on IS NULL AND mine.address <> '' AND other.id <> mine.id
UNION ALL SELECT mine.id, point.citizen_id, true FROM mine
  JOIN core_customers_contactpoint point ON point.value IN (mine.phone, mine.email)
  JOIN {citizens} o ON o.id = point.citizen_id AND o.state = 'active'
  WHERE point.value <> '' AND o.id <> mine.id
"""
_SWAPPED = """CASE WHEN extract(day FROM mine.birth_on) <= 12 THEN make_date(
  extract(year FROM mine.birth_on)::int, extract(day FROM mine.birth_on)::int,
  extract(month FROM mine.birth_on)::int) END"""
ONE = (
    "SELECT %s::uuid AS id, %s::text AS name, %s::text AS phone, %s::text AS email,"
    " %s::date AS birth_on, %s::text AS sex, %s::text AS address, %s::text AS address_detail,"
    " %s::text AS district_code"
)


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody who may be the same person. `score`: how likely, above 0 and below 1."""

    citizen: Citizen
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records that may be one person; `left` is the smaller id."""

    left: UUID
    right: UUID
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        return likelihood(self.evidence)


def possible_duplicates(
    draft: CitizenDraft, *, limit: int = 5, but: UUID | None = None
) -> list[Suspect]:
    """Active citizens who may be the person of a draft, the likeliest first.

    Contacts may come as people write them; what cannot be read is left out. `but`: whom the draft
    describes, when it is of somebody who is known. The cost does not grow with the city.
    """
    asked = _known_of(draft, but or uuid7())
    found = likenesses({asked.id: asked}, ONE, list(asked), least=LEAST_AT_ENTRY)
    best = sorted(found, key=lambda one: -total(one.evidence))[:limit]
    others = {one.left if one.right == asked.id else one.right: one for one in best}
    citizens = Citizen.objects.in_bulk(list(others))
    return [
        Suspect(citizens[pk], one.score, one.evidence)
        for pk, one in others.items()
        if pk in citizens
    ]


def likenesses(
    mine: dict[UUID, Known], rows: str, params: Sequence[object], *, least: float = LEAST
) -> list[Likeness]:
    """Pairs of these records with any others of the city that may be one person, each once.

    `rows`: SQL of records with the columns of `Known`; `mine` the same records, as far as they are
    read already.
    """
    found = _candidates(rows, params)
    known = mine | _read({pk for pair in found for pk in pair} - set(mine))
    weighed_pairs = (
        Likeness(*pair, _weigh(known[pair[0]], known[pair[1]], had_before=had_before))
        for pair, had_before in found.items()
        if pair[0] in known and pair[1] in known
    )
    likely = [one for one in weighed_pairs if total(one.evidence) >= least]
    return [one for one in _with_families(likely) if total(one.evidence) >= least]


def _candidates(rows: str, params: Sequence[object]) -> dict[Pair, bool]:
    """Pairs in order -> whether the one has as its contact what the other had as a further one."""
    statement = _FOUND.format(
        mine=rows, citizens=Citizen._meta.db_table, swapped=_SWAPPED, most=MOST_IN_BLOCK
    )
    found: dict[Pair, bool] = {}
    for one, other, had_before in sql.tuples(statement, params):
        pair = ordered(one, other)
        found[pair] = found.get(pair, False) or had_before
    return found


def ordered(one: UUID, other: UUID) -> Pair:
    return (one, other) if one < other else (other, one)


def _read(ids: Iterable[UUID]) -> dict[UUID, Known]:
    statement = f"SELECT {COLUMNS} FROM {Citizen._meta.db_table} WHERE id = ANY(%s)"  # noqa: S608
    found = (Known(*row) for row in sql.tuples(statement, [list(ids)]))
    return {one.id: one for one in found}


def _weigh(one: Known, other: Known, *, had_before: bool) -> tuple[Evidence, ...]:
    evidence = evidence_of(one, other)
    return evidence + weighed([Code.CONTACT_BEFORE]) if had_before else evidence


def _with_families(likely: list[Likeness]) -> list[Likeness]:
    """Who is known to live together, or to stand for the other, is rather two persons."""
    ids = list({pk for one in likely for pk in (one.left, one.right)})
    families = _families(ids) if ids else set()
    against = weighed([Code.FAMILY])
    return [
        Likeness(one.left, one.right, one.evidence + against)
        if (one.left, one.right) in families
        else one
        for one in likely
    ]


def _families(ids: list[UUID]) -> set[Pair]:
    homes: dict[int | UUID, list[UUID]] = {}
    places = HouseholdMember.objects.filter(citizen__in=ids)
    for household, citizen in places.values_list("household", "citizen"):
        homes.setdefault(household, []).append(citizen)
    related = Relation.objects.filter(citizen__in=ids, other__in=ids)
    pairs = {ordered(*pair) for pair in related.values_list("citizen", "other")}
    together = (combinations(sorted(people), 2) for people in homes.values())
    return pairs.union(*together)


def _known_of(draft: CitizenDraft, key: UUID) -> Known:
    """A draft in the form in which records are kept."""
    district = district_of(draft.address, current_city().code) if draft.address else ""
    return Known(
        key,
        " ".join(tidy(draft.name).split()),
        normalise_phone(draft.phone),
        draft.email.strip().lower(),
        draft.birth_on,
        draft.sex,
        draft.address.strip(),
        draft.address_detail.strip(),
        draft.district_code or district,
    )
