"""A list is kept as it was read until somebody applies or drops it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from core_crm.imports.errors import TableTooLarge, TableUnreadable
from core_crm.imports.services import upload_read
from core_crm.staff.errors import PlanEnded, PlanNotFound
from core_crm.staff.models import OfficePlan, Official
from core_crm.staff.services.access import access_require
from core_crm.staff.services.plans.columns import columns_guess, columns_of
from core_crm.staff.types import PlanKind, PlanRow, PlanState, Right

MOST_ROWS = 5_000
KEPT_UNDECIDED = timedelta(days=7)
WAITING = (PlanState.DRAFT, PlanState.SCHEDULED)


def plan_read(
    data: bytes,
    *,
    kind: PlanKind,
    title: str,
    is_whole: bool = False,
    effective_on: date | None = None,
    by: Official | None = None,
    now: datetime,
) -> OfficePlan:
    """Keep a file (CSV or Excel) as a draft; nothing of it holds.

    Raises RightMissing, TableUnreadable, TableTooLarge.
    """
    table = upload_read(data)
    rows = [
        {"line": row.number, "cells": list(row.cells), "problem": row.problem}
        for row in islice(table.rows, MOST_ROWS + 1)
    ]
    if len(rows) > MOST_ROWS:
        raise TableTooLarge("한 번에 5,000줄까지 받습니다. 나누어 올려 주세요.", limit=MOST_ROWS)
    if not rows:
        raise TableUnreadable("열 이름 아래에 줄이 없습니다.")
    return _kept(
        kind=kind,
        title=title,
        encoding=table.encoding,
        headings=list(table.columns),
        rows=rows,
        is_whole=is_whole,
        effective_on=effective_on,
        by=by,
        now=now,
    )


def plan_write(
    lines: Sequence[Mapping[str, str]],
    *,
    kind: PlanKind,
    title: str,
    effective_on: date | None = None,
    by: Official | None = None,
    now: datetime,
) -> OfficePlan:
    """Keep lines typed on a page, by our own names, as a draft. Raises RightMissing."""
    known = [column for column in columns_of(kind) if any(column.field in line for line in lines)]
    rows = [
        {"line": at, "cells": [line.get(one.field, "") for one in known], "problem": ""}
        for at, line in enumerate(lines, start=1)
    ]
    return _kept(
        kind=kind,
        title=title,
        encoding="",
        headings=[column.label_ko for column in known],
        rows=rows,
        is_whole=False,
        effective_on=effective_on,
        by=by,
        now=now,
    )


def _kept(
    *, headings: list[str], rows: list[dict[str, Any]], by: Official | None, **facts: Any
) -> OfficePlan:
    access_require(by, Right.STAFF_MANAGE)
    facts["created_at"] = facts.pop("now")
    fields = columns_guess(facts["kind"], headings)
    columns = [
        {"heading": heading, "field": field}
        for heading, field in zip(headings, fields, strict=True)
    ]
    plan = OfficePlan(columns=columns, rows=rows, created_by=by, **facts)
    plan.full_clean()
    plan.save()
    return plan


def plan_get(plan_id: UUID, *, kind: PlanKind) -> OfficePlan:
    """A list by its id, decided or not. Raises PlanNotFound."""
    found = OfficePlan.objects.select_related("created_by__user").filter(pk=plan_id, kind=kind)
    plan = found.first()
    if plan is None:
        raise PlanNotFound("그런 목록이 없습니다. 다시 올려 주세요.")
    return plan


def plan_lock(plan: OfficePlan) -> OfficePlan:
    """The list as it is now, held until the transaction ends. Raises PlanEnded."""
    locked = OfficePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if locked.state not in WAITING:
        raise PlanEnded("이미 적용했거나 거둔 목록입니다.", state=locked.state)
    return locked


@transaction.atomic
def plan_arrange(
    plan: OfficePlan,
    *,
    fields: Sequence[str] | None = None,
    heirs: Mapping[str, str] | None = None,
    effective_on: date | None = None,
    is_whole: bool | None = None,
    by: Official | None = None,
) -> OfficePlan:
    """Say which column is which, who takes over from whom, from when, and whether it is all.

    None leaves a thing. Raises RightMissing, PlanEnded.
    """
    access_require(by, Right.STAFF_MANAGE)
    fresh = plan_lock(plan)
    if fields is not None:
        known = {column.field for column in columns_of(fresh.kind)}
        chosen = [field if field in known else "" for field in fields]
        unique = [field if field not in chosen[:at] else "" for at, field in enumerate(chosen)]
        for column, field in zip(fresh.columns, unique, strict=False):
            column["field"] = field
    if heirs is not None:
        fresh.heirs = {old: new for old, new in heirs.items() if new}
    fresh.effective_on = effective_on or fresh.effective_on
    fresh.is_whole = fresh.is_whole if is_whole is None else is_whole
    fresh.save()
    return fresh


@transaction.atomic
def plan_drop(plan: OfficePlan, *, by: Official | None = None, now: datetime) -> OfficePlan:
    """Take a list back; its lines are forgotten. Raises RightMissing, PlanEnded."""
    access_require(by, Right.STAFF_MANAGE)
    return plan_end(plan_lock(plan), state=PlanState.DROPPED, now=now)


def plan_end(plan: OfficePlan, *, state: PlanState, now: datetime, problem: str = "") -> OfficePlan:
    """Nothing more happens to it: what it said of people is forgotten."""
    plan.state, plan.ended_at, plan.rows, plan.problem = state, now, [], problem[:300]
    plan.save()
    return plan


def plans_forget(*, now: datetime) -> int:
    """Forget drafts nobody decided on for a week; how many."""
    old = OfficePlan.objects.filter(state=PlanState.DRAFT, created_at__lt=now - KEPT_UNDECIDED)
    return old.update(state=PlanState.DROPPED, ended_at=now, rows=[])


def rows_of(plan: OfficePlan) -> list[PlanRow]:
    """The lines, cell by cell under our names."""
    fields = [column["field"] for column in plan.columns]
    return [
        PlanRow(
            line=row["line"],
            cells={
                field: cell.strip()
                for field, cell in zip(fields, row["cells"], strict=False)
                if field
            },
            problem=row["problem"],
        )
        for row in plan.rows
    ]


def headings_of(plan: OfficePlan) -> dict[str, str]:
    """What the file calls each of our columns."""
    return {column["field"]: column["heading"] for column in plan.columns if column["field"]}
