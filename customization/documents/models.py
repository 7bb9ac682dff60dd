"""A city's own documents: proposals, and the versions that came into force, which never change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from customization.documents.types import ChangeStatus
from customization.resolution.conversion import SCHEMA_VERSION
from tenants.isolation.objects import CityModel
from tenants.personal import told

STATUSES = [each.value for each in ChangeStatus]
OFFICIAL = "core_staff.Official"


class Change(CityModel):
    """A proposal to change documents: operations on what was in force when it was written.

    `effective_from` is None for "at once". Whoever proposed a risky one may not decide it.
    `stands_on` is empty, or {"standard": release, "manifest": number or null} for one that goes
    back to a version or on to a release: services.grounds.
    """

    title = models.CharField("제목", max_length=120)
    reason = models.CharField("까닭", max_length=500, blank=True)
    status = models.CharField("상태", max_length=12, default=ChangeStatus.DRAFT.value)
    operations = models.JSONField("바꿀 것", default=list)
    base_number = models.PositiveIntegerField("바탕이 된 판")
    is_risky = models.BooleanField("승인 필요", default=False)
    stands_on = models.JSONField("딛고 설 표준과 플러그인", default=dict, blank=True)
    effective_from = models.DateTimeField("적용할 때", null=True, blank=True)
    created_by = models.ForeignKey(
        OFFICIAL, models.PROTECT, null=True, related_name="+", verbose_name="쓴 사람"
    )
    created_at = models.DateTimeField("쓴 때")
    decided_by = models.ForeignKey(
        OFFICIAL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="결정한 사람",
    )
    decided_at = models.DateTimeField("결정한 때", null=True, blank=True)
    decision_note = models.CharField("결정 의견", max_length=500, blank=True)

    personal = told(nobodys="title reason status operations stands_on decision_note")

    class Meta:
        verbose_name = "변경안"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "effective_from"], name="change_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="change_status_known"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(is_risky=False)
                | ~Q(decided_by=models.F("created_by")),
                name="change_risky_is_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentBody(CityModel):
    """One document as it was or is in force, named by its digest."""

    digest = models.CharField("지문", max_length=64, unique=True)
    body = models.JSONField("내용")

    personal = told(nobodys="digest body")

    class Meta:
        verbose_name = "문서 내용"

    def __str__(self) -> str:
        return self.digest[:12]


class Manifest(CityModel):
    """All documents in force from an instant on. `documents` is {kind: {code: digest}}.

    `operations` is the whole overlay: how the city differs from `standard_version` and from what
    its plugins brought. `plugins` are those turned on, in order, each as {code, version, config,
    documents: {kind: {its own code: digest}}}. `schema_version`: the shape the documents were
    written in (customization.resolution.conversion). A trigger refuses every change of a row; a
    rollback publishes an old one anew.
    """

    number = models.PositiveIntegerField("판", unique=True)
    effective_from = models.DateTimeField("적용한 때")
    standard_version = models.CharField("표준 판", max_length=20)
    operations = models.JSONField("표준과 다른 것", default=list)
    documents = models.JSONField("문서들", default=dict)
    plugins = models.JSONField("켠 플러그인", default=list)
    schema_version = models.PositiveSmallIntegerField("문서의 꼴", default=SCHEMA_VERSION)
    digest = models.CharField("지문", max_length=64)
    change = models.ForeignKey(
        Change,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="manifests",
        verbose_name="변경안",
    )
    note = models.CharField("설명", max_length=200, blank=True)

    personal = told(nobodys="standard_version operations documents plugins digest note")

    class Meta:
        verbose_name = "문서 판"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
