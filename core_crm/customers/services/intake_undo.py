"""Taking back what a list did to customers: who came by it goes, what it changed is put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core_crm.customers.models import Citizen, Organisation
from core_crm.customers.selectors.acquired import LISTS_OWN, SNAPSHOTS, used_ids
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.services.intake_people import told, untold
from core_crm.customers.types import CustomerState
from tenants.sql import execute

BROUGHT = LISTS_OWN | SNAPSHOTS | {"acquired_by"}
"""What goes with customers whom nothing else refers to."""
Change = tuple[UUID, Mapping[str, Any], Mapping[str, Any]]


def citizens_used(ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
    """Whom something else was noted of since, or somebody changed or merged."""
    return used_ids(Citizen, ids, acquired_list_id) | _touched(Citizen, ids)


def organisations_used(ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
    """As citizens_used."""
    return used_ids(Organisation, ids, acquired_list_id) | _touched(Organisation, ids)


def citizens_remove(ids: Sequence[UUID]) -> None:
    """Delete them with all that they brought."""
    _forget(Citizen, ids)


def organisations_remove(ids: Sequence[UUID]) -> None:
    """Delete them with all that they brought."""
    _forget(Organisation, ids)


def _forget(model: Any, ids: Sequence[UUID]) -> None:
    """One statement for each table: Django's own way reads every row of a thousand first."""
    every, gone = model._meta.get_fields(include_hidden=True), [list(ids)]
    for one in every:
        if one.auto_created and not one.concrete and one.get_accessor_name() in BROUGHT:
            table, column = one.related_model._meta.db_table, one.field.column
            execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", gone)  # noqa: S608
    execute(f"DELETE FROM {model._meta.db_table} WHERE id = ANY(%s)", gone)  # noqa: S608


def citizens_restore(changes: Sequence[Change], *, now: datetime) -> set[UUID]:
    """Each value back where it is still as the list left it; the newest change comes first."""
    return _restored(Citizen, changes, now=now)


def organisations_restore(changes: Sequence[Change], *, now: datetime) -> set[UUID]:
    """As citizens_restore."""
    return _restored(Organisation, changes, now=now)


def _touched(model: Any, ids: Sequence[UUID]) -> set[UUID]:
    rows = model.objects.filter(pk__in=ids)
    touched = rows.exclude(changed_at__isnull=True, state=CustomerState.ACTIVE)
    return set(touched.values_list("pk", flat=True))


def _restored(model: Any, changes: Sequence[Change], *, now: datetime) -> set[UUID]:
    rows = model.objects.select_for_update().filter(pk__in={change[0] for change in changes})
    found = {row.pk: row for row in rows.order_by("pk")}
    restored: set[UUID] = set()
    for pk, before, after in changes:
        row = found.get(pk)
        if row is not None and row.state == CustomerState.ACTIVE and _put_back(row, before, after):
            restored.add(pk)
    return {pk for pk in restored if _saved(found[pk], now=now)}


def _put_back(row: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    still = {name for name in before if told({name: getattr(row, name)}).get(name) == after[name]}
    for name, value in untold({name: before[name] for name in still}).items():
        setattr(row, name, value)
    return bool(still)


def _saved(row: Any, *, now: datetime) -> bool:
    """Unless somebody else has that name with these contacts, or that number, by now."""
    if isinstance(row, Citizen):
        row.is_anonymous = not (row.phone or row.email)
    row.terms = terms_of(row.name, row.address, row.phone)
    row.changed_at = now
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    return True
