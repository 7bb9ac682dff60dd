"""Writing a segment down, changing it, keeping its members, putting it away."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.common.predicates import Predicate
from core_crm.customers.selectors import citizen_source, citizens_matching
from core_crm.segments.errors import (
    LegalBasisMissing,
    SegmentChangedMeanwhile,
    SegmentCodeTaken,
    SegmentNotValid,
)
from core_crm.segments.models import Segment, SegmentMember
from core_crm.segments.selectors import (
    condition_count,
    fields_needing_basis,
    read_condition,
    segment_count,
)
from core_crm.segments.types import SegmentDraft, SegmentKind
from tenants.sql import execute

CODE = re.compile(r"[a-z][a-z0-9_]{1,47}")
SUBJECT = "segment"
SHORTEST_NAME = 2


@transaction.atomic
def segment_create(draft: SegmentDraft, *, by: Actor | None, now: datetime) -> Segment:
    """Raises SegmentNotValid, SegmentCodeTaken, LegalBasisMissing, PredicateError."""
    if not CODE.fullmatch(draft.code):
        raise SegmentNotValid(
            "코드는 영문 소문자로 시작하고 숫자와 _만 씁니다. 예: moved_in_lately", field="code"
        )
    if Segment.objects.filter(code=draft.code).exists():
        raise SegmentCodeTaken("이미 있는 코드입니다. 다른 코드를 적어 주세요.", field="code")
    segment = Segment(code=draft.code, created_at=now)
    _write(segment, draft, by=by, now=now)
    segment.save()
    _count(segment, now=now)
    _note("segment.created", segment, by=by, now=now)
    return segment


@transaction.atomic
def segment_change(
    segment: Segment,
    draft: SegmentDraft,
    *,
    by: Actor | None,
    now: datetime,
    expected_version: int | None = None,
) -> Segment:
    """Make it what the draft says (its code stays). A kept one is taken anew when its rules change.

    Raises as `segment_create`, and SegmentChangedMeanwhile.
    """
    row = Segment.objects.select_for_update().get(pk=segment.pk)
    if expected_version is not None and row.version != expected_version:
        raise SegmentChangedMeanwhile(
            "쓰시는 동안 다른 사람이 이 세그먼트를 고쳤습니다. 새로 열어 확인해 주세요."
        )
    is_same = (row.condition, row.kind) == (draft.condition, draft.kind)
    _write(row, draft, by=by, now=now, is_taken_anew=not is_same)
    row.version += 1
    row.save()
    if not is_same:
        _count(row, now=now)
    _note("segment.changed", row, by=by, now=now)
    return row


@transaction.atomic
def segment_retake(segment: Segment, *, by: Actor | None, now: datetime) -> Segment:
    """Let a kept segment hold those of whom its condition is true now."""
    row = Segment.objects.select_for_update().get(pk=segment.pk)
    if row.kind != SegmentKind.SNAPSHOT:
        raise SegmentNotValid("늘 새로 세는 세그먼트는 다시 고정할 수 없습니다.", field="kind")
    row.taken_at, row.changed_at, row.version = now, now, row.version + 1
    row.save()
    _count(row, now=now)
    _note("segment.taken", row, by=by, now=now)
    return row


@transaction.atomic
def segment_archive(
    segment: Segment, *, is_archived: bool, by: Actor | None, now: datetime
) -> None:
    """Put it away, or fetch it back. It keeps its code, its members and its history."""
    archived_at = now if is_archived else None
    Segment.objects.filter(pk=segment.pk).update(
        archived_at=archived_at, changed_at=now, version=F("version") + 1
    )
    _note("segment.archived" if is_archived else "segment.restored", segment, by=by, now=now)


def segment_count_keep(segment: Segment, *, now: datetime, today: date) -> int:
    """Count it, and keep the figure for the list."""
    count = segment_count(segment, today=today)
    Segment.objects.filter(pk=segment.pk).update(counted=count, counted_at=now)
    return count


def _write(
    segment: Segment,
    draft: SegmentDraft,
    *,
    by: Actor | None,
    now: datetime,
    is_taken_anew: bool = True,
) -> None:
    name = " ".join(draft.name.split())
    if len(name) < SHORTEST_NAME:
        raise SegmentNotValid("이름을 두 글자 이상 적어 주세요.", field="name")
    if draft.kind not in list(SegmentKind):
        raise SegmentNotValid("방식은 live나 snapshot입니다.", field="kind")
    segment.name, segment.description = name[:80], draft.description.strip()[:500]
    segment.kind, segment.owner_id = draft.kind, draft.owner_id
    segment.condition, segment.changed_at = draft.condition, now
    if is_taken_anew or segment.taken_at is None:
        segment.taken_at = now if draft.kind == SegmentKind.SNAPSHOT else None
    _write_basis(segment, draft, by=by, now=now)


def _write_basis(segment: Segment, draft: SegmentDraft, *, by: Actor | None, now: datetime) -> None:
    """The law that allows it, with who wrote it down and when. Raises LegalBasisMissing."""
    needing = fields_needing_basis(read_condition(draft.condition))
    if needing and not draft.basis.is_told:
        names = ", ".join(f"‘{field.label_ko}’" for field in needing)
        raise LegalBasisMissing(
            f"{names}은(는) 민감정보나 고유식별정보입니다. 쓸 수 있게 한 법령과 조항을 적거나 "
            "이 조건을 빼 주세요. (개인정보 보호법 제23조·제24조)",
            fields=" ".join(field.code for field in needing),
        )
    told = (draft.basis.law.strip()[:120], draft.basis.article.strip()[:60])
    if (segment.basis_law, segment.basis_article) == told:
        return
    segment.basis_law, segment.basis_article = told
    is_told = draft.basis.is_told
    segment.basis_by_name = by.name[:60] if by and is_told else ""
    segment.basis_at = now if is_told else None


def _count(segment: Segment, *, now: datetime) -> None:
    """The members of a kept one, and the figure."""
    today = localdate(now)
    source = citizen_source(today=today)
    predicate = read_condition(segment.condition, source=source)
    SegmentMember.objects.filter(segment=segment).delete()
    if segment.kind == SegmentKind.SNAPSHOT:
        _keep(segment, predicate, today)
    counted = condition_count(predicate, today=today, source=source)
    segment.counted, segment.counted_at = counted, now
    segment.save(update_fields=["counted", "counted_at"])


def _keep(segment: Segment, predicate: Predicate, today: date) -> None:
    """Every citizen of the moment, inside the database: there may be millions."""
    found = citizens_matching(predicate, today=today).order_by().values("pk")
    asked, params = found.query.sql_with_params()
    statement = f"{_KEEP} ({asked}) AS found(citizen_id)"
    execute(statement, (segment.pk, *params))


_KEEP = """
INSERT INTO core_segments_segmentmember (id, segment_id, citizen_id)
SELECT uuidv7(), %s, found.citizen_id FROM"""


def _note(action: str, segment: Segment, *, by: Actor | None, now: datetime) -> None:
    facts = {"code": segment.code, "kind": segment.kind, "counted": segment.counted}
    audit_append(
        action, actor=by, subject_kind=SUBJECT, subject_id=segment.pk, now=now, facts=facts
    )
