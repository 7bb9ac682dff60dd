"""Writing the people of a piece of a list: new ones by COPY, changes in one statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from core_crm.customers.models import AcquiredMember
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.services.intake_people import COLUMNS, TABLE, People, Person, told
from core_crm.imports.types import RowOutcome, RowResult, Taking
from tenants import sql

TRIES = 3
COPIED = ("id", *COLUMNS, "is_anonymous", "source", "batch_id", "terms", "created_at")
KINDS = {"birth_on": "date", "is_anonymous": "boolean", "terms": "text[]"}
CHANGED = (*(name for name in COLUMNS if name != "name"), "is_anonymous", "terms")
UPDATE = f"""
UPDATE {TABLE} AS c SET {", ".join(f"{name} = v.{name}" for name in CHANGED)},
  changed_at = CASE WHEN c.batch_id = %s THEN c.changed_at ELSE %s END
FROM jsonb_to_recordset(%s::jsonb) AS v(id uuid,
  {", ".join(f"{name} {KINDS.get(name, 'text')}" for name in CHANGED)})
WHERE c.id = v.id
"""  # noqa: S608 - our own table; who came with this very batch is no changed customer
JOIN = f"""
INSERT INTO {AcquiredMember._meta.db_table} (id, acquired_list_id, {{side}}_id, is_new)
SELECT uuidv7(), %s, m.id, m.is_new FROM unnest(%s::uuid[], %s::boolean[]) AS m(id, is_new)
ON CONFLICT DO NOTHING
"""  # noqa: S608 - our own table


def again_if_taken(work: Callable[[], list[RowResult]]) -> list[RowResult]:
    """Do it; once more when somebody else wrote down one of the people at the same moment."""
    for _ in range(TRIES - 1):
        try:
            with transaction.atomic():
                return work()
        except IntegrityError as refused:
            if "_once" not in str(refused):
                raise
    return work()


def people_write(people: People, taking: Taking) -> None:
    """New people of the piece, and what changed in those known."""
    sql.copy_text(TABLE, COPIED, _new_lines(people.new, taking))
    changed = [person for person in people.known if person.changed]
    if changed:
        told_rows = json.dumps([_changed_row(person) for person in changed], ensure_ascii=False)
        sql.execute(UPDATE, [taking.batch_id, taking.now, told_rows])


def _new_lines(people: Iterable[Person], taking: Taking) -> Iterable[str]:
    """In the order of COPIED. Search terms are letters, digits and `#`: no sign of an array."""
    cell = sql.copy_cell
    ending = f"{cell(taking.source[:40])}\t{taking.batch_id}\t"
    now = taking.now.isoformat()
    for person in people:
        values = person.values
        told_values = [
            r"\N" if values[name] is None else cell(str(values[name])) for name in COLUMNS
        ]
        is_anonymous = "f" if values["phone"] or values["email"] else "t"
        terms = ",".join(terms_of(values["name"], values["address"], values["phone"]))
        line = "\t".join((str(person.id), *told_values, is_anonymous))
        yield f"{line}\t{ending}{{{terms}}}\t{now}\n"


def _changed_row(person: Person) -> dict[str, Any]:
    values = person.values
    return {
        "id": str(person.id),
        **told({name: values[name] for name in COLUMNS}),
        "is_anonymous": not (values["phone"] or values["email"]),
        "terms": terms_of(values["name"], values["address"], values["phone"]),
    }


def acquired_join(side: str, results: Sequence[RowResult], taking: Taking) -> None:
    """Everybody of the piece is on the list that it came with. `side`: citizen, organisation."""
    if taking.acquired_list_id is None:
        return
    there: dict[Any, bool] = {}
    for result in results:
        if result.object_id is not None:
            is_new = result.outcome == RowOutcome.CREATED
            there[result.object_id] = there.get(result.object_id, False) or is_new
    sql.execute(
        JOIN.format(side=side), [taking.acquired_list_id, list(there), list(there.values())]
    )
