"""Segments, and whom the kept ones held at their moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.customers.models import Citizen
from core_crm.segments.types import SegmentKind
from core_crm.staff.models import Official
from tenants.isolation.objects import CityModel
from tenants.personal import told

KINDS = [kind.value for kind in SegmentKind]


class Segment(CityModel):
    """A named condition on citizens (세그먼트).

    `condition`: a predicate over the source `citizen`. `basis_*`: the law that allows a condition
    on sensitive data, who wrote it down and when. `counted` and `counted_at`: the last count, for
    lists; a kept segment holds its members since `taken_at`.
    """

    code = models.CharField("코드", max_length=48, unique=True)
    name = models.CharField("이름", max_length=80)
    description = models.CharField("설명", max_length=500, blank=True)
    condition = models.JSONField("조건")
    kind = models.CharField("방식", max_length=8, default=SegmentKind.LIVE)
    owner = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="segments"
    )
    basis_law = models.CharField("근거 법령", max_length=120, blank=True)
    basis_article = models.CharField("근거 조항", max_length=60, blank=True)
    basis_by_name = models.CharField("근거를 적은 사람", max_length=60, blank=True)
    basis_at = models.DateTimeField("근거를 적은 때", null=True, blank=True)
    counted = models.PositiveIntegerField("마지막으로 센 수", null=True, blank=True)
    counted_at = models.DateTimeField("센 때", null=True, blank=True)
    taken_at = models.DateTimeField("고정한 때", null=True, blank=True)
    archived_at = models.DateTimeField("보관한 때", null=True, blank=True)
    version = models.PositiveIntegerField("판", default=1)
    created_at = models.DateTimeField("만든 때")
    changed_at = models.DateTimeField("고친 때")

    personal = told(
        basis_by_name="name",
        nobodys="code name description condition kind basis_law basis_article",
    )

    class Meta:
        verbose_name = "세그먼트"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="segment_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="live") | Q(taken_at__isnull=False),
                name="segment_kept_since_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SegmentMember(CityModel):
    """A citizen whom a kept segment held at its moment."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="members")
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="kept_segments")

    personal = told()

    class Meta:
        verbose_name = "고정한 대상"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["segment", "citizen"], name="segment_member_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
