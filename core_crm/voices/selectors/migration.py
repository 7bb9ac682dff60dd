"""Running voices that began with an earlier workflow: how many, and where they would go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from core_crm.voices.models import Voice
from core_crm.voices.selectors.duties import voices_open
from core_crm.workflows import Workflow
from core_crm.workflows.moving import Landing, landing

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class MovingGroup:
    """Open voices of one earlier workflow in one state, and where all of them would go."""

    digest: str
    status: str
    is_paused: bool
    is_settled: bool
    voices: int
    landing: Landing

    def members(self) -> QuerySet[Voice]:
        """Those voices."""
        has_result = ~Q(outcome="") if self.is_settled else Q(outcome="")
        return voices_open().filter(
            has_result,
            workflow_digest=self.digest,
            status=self.status,
            paused_at__isnull=not self.is_paused,
        )

    def refs(self, most: int = MOST_NAMED) -> list[str]:
        """The references of the first of them."""
        return list(self.members().order_by("id").values_list("ref", flat=True)[:most])


def moving_groups(workflow: Workflow) -> list[MovingGroup]:
    """Open voices that run on another version than this one, by version and state; one query."""
    rows = (
        voices_open()
        .exclude(workflow_digest=workflow.digest)
        .annotate(
            waits=_truth(Q(paused_at__isnull=False)),
            has_result=_truth(~Q(outcome="")),
        )
        .values_list("workflow_digest", "status", "waits", "has_result")
        .annotate(n=Count("id"))
        .order_by("workflow_digest", "status", "waits", "has_result")
    )
    return [_group(workflow, *row) for row in rows]


def running_versions() -> dict[str, int]:
    """Workflow → how many open voices run on it."""
    counted = voices_open().values_list("workflow_digest").annotate(n=Count("id")).order_by("-n")
    return dict(counted)


def counted(groups: Iterable[MovingGroup]) -> tuple[int, int]:
    """How many voices would move, and how many would stay."""
    known = list(groups)
    moving = sum(one.voices for one in known if one.landing.target)
    return moving, sum(one.voices for one in known) - moving


def _group(
    workflow: Workflow, digest: str, status: str, waits: bool, has_result: bool, voices: int
) -> MovingGroup:
    found = landing(workflow, status, is_paused=waits, is_settled=has_result)
    return MovingGroup(digest, status, waits, has_result, voices, found)


def _truth(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
