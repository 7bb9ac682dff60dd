"""The books of an applied list, and the file of what was refused."""

from __future__ import annotations

from datetime import datetime

from core_crm.imports.services import ErrorFile, batch_add, batch_finish, batch_start
from core_crm.imports.types import ImportResult, TableRow
from core_crm.staff.models import OfficePlan
from core_crm.staff.services.plans.outlook import Outlook

SCREEN = "화면에서 적음"


def counted(plan: OfficePlan, outlook: Outlook, *, now: datetime) -> ImportResult:
    """Count the lines; those refused can be mended in their file and sent again."""
    batch = batch_start(
        kind=plan.kind,
        source=plan.title[:80],
        file_name=plan.title,
        encoding=plan.encoding or SCREEN,
        now=now,
    )
    counts = outlook.counts
    batch_add(
        batch,
        created=counts.created,
        updated=counts.updated,
        skipped=counts.skipped,
        refused=counts.refused,
    )
    return batch_finish(batch, errors=_errors(plan, outlook), now=now)


def _errors(plan: OfficePlan, outlook: Outlook) -> ErrorFile:
    errors = ErrorFile([column["heading"] for column in plan.columns])
    refused = {line.line: line for line in outlook.lines if line.is_refused}
    for row in plan.rows:
        line = refused.get(row["line"])
        if line is not None:
            given = TableRow(number=row["line"], cells=tuple(row["cells"]), values={})
            errors.refuse(given, " ".join(one.text for one in line.problems))
    return errors
