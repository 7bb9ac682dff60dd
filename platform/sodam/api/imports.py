"""`/api/v1/imports`: send a file of customers, and ask what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.audit.types import Actor
from core_crm.imports.selectors import batch_get, batch_progress, plan_of
from core_crm.imports.services import (
    batch_cancel,
    batch_look,
    batch_map,
    batch_open,
    batch_plan,
    batch_run,
)
from core_crm.imports.types import BatchState
from core_crm.staff.types import Scope
from sodam.api.documentation import IDEMPOTENCY_KEY, problems
from sodam.api.import_shapes import (
    ImportInput,
    ImportOutput,
    ImportStarted,
    fingerprint,
    options_of,
)
from sodam.api.once import once
from sodam.api.views import CityAPIView
from tenants.errors import DomainError

LARGEST_FILE_BYTES = 512 * 1024 * 1024


class ImportCollection(CityAPIView):
    """Send a file."""

    required_scopes: ClassVar = {"POST": Scope.CITIZENS_IMPORT}
    parser_classes: Sequence[type[BaseParser]] = (MultiPartParser,)
    largest_bytes: ClassVar[int] = LARGEST_FILE_BYTES

    @extend_schema(
        operation_id="import_create",
        summary="Take in a file of customers",
        tags=["customers"],
        parameters=[IDEMPOTENCY_KEY],
        request={"multipart/form-data": ImportInput},
        responses={201: ImportStarted, **problems(400, 401, 403, 409, 413, 415, 422, 429)},
    )
    def post(self, request: Request) -> HttpResponse:
        """201 at once; the rows follow, ask `GET /imports/{id}` how far they are.

        A file that is no table, or lacks a column one cannot do without, is a 422 and nothing is
        taken in. With an `Idempotency-Key` the same file may be sent again: it is taken in once.
        """
        asked = ImportInput(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        return once(
            request, self.key, "imports", lambda: self._made(given), body=fingerprint(given)
        )

    def _made(self, given: dict[str, Any]) -> dict[str, Any]:
        by, now = Actor(id=self.key.id, name=self.key.name), self.now
        batch = batch_open(given["kind"], given["file"], options_of(given), by=by, now=now)
        mapping = given["mapping"]
        try:
            if mapping is None:
                columns = batch_look(batch).columns
                mapping = {column.name: column.field for column in columns if column.field}
            batch_map(batch, mapping)
        except DomainError:
            batch_cancel(batch, by=by, now=now)  # its file goes, whatever becomes of its row
            raise
        if given["dry_run"]:
            batch_plan(batch, now=now)
        else:
            batch_run(batch, by=by, now=now)
        state = batch_progress(batch.pk).state
        return {"id": str(batch.pk), "state": str(state), "mapping": mapping}


class ImportItem(CityAPIView):
    """One import."""

    required_scopes: ClassVar = {"GET": Scope.CITIZENS_IMPORT}

    @extend_schema(
        operation_id="import_get",
        summary="Ask how far an import is",
        tags=["customers"],
        responses={200: ImportOutput, **problems(401, 403, 404, 429)},
    )
    def get(self, request: Request, batch_id: UUID) -> Response:
        """The counts, the rate, and after a dry run its first problems. No value of a row."""
        return Response(ImportOutput(_told(batch_get(batch_id))).data)


COUNTS = ("rows", "created", "updated", "skipped", "refused")


def _told(batch: Any) -> dict[str, Any]:
    progress = batch_progress(batch.pk)
    plan = plan_of(batch) if progress.state == BatchState.PLANNED else None
    counted = plan or progress
    return {
        **{name: getattr(batch, name) for name in ("id", "kind", "source", "encoding")},
        **{name: getattr(batch, name) for name in ("created_at", "finished_at")},
        **{name: getattr(counted, name) for name in COUNTS},
        "state": str(progress.state),
        "total": plan.rows if plan else progress.total,
        "rows_per_second": round(progress.rate, 1),
        "left_seconds": progress.left_seconds,
        "place": progress.place,
        "problems": plan.problems if plan else (),
    }
