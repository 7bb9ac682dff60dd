"""Files taken in: one batch per file, and which foreign row became which of our objects."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.imports.types import BatchState
from tenants.isolation.objects import CityModel
from tenants.personal import told

STATES = [state.value for state in BatchState]


class ImportBatch(CityModel):
    """One file taken in (일괄 등록), with what became of its rows."""

    kind = models.CharField("종류", max_length=40)
    source = models.CharField("출처", max_length=80)
    file_name = models.CharField("파일 이름", max_length=255)
    encoding = models.CharField("문자 인코딩", max_length=20)
    state = models.CharField("상태", max_length=8, default=BatchState.RUNNING)
    rows = models.PositiveIntegerField("행", default=0)
    created = models.PositiveIntegerField("새로 등록", default=0)
    updated = models.PositiveIntegerField("고침", default=0)
    skipped = models.PositiveIntegerField("이미 있음", default=0)
    refused = models.PositiveIntegerField("받지 않음", default=0)
    errors_file = models.CharField("오류 파일", max_length=255, blank=True)
    created_at = models.DateTimeField("시작")
    finished_at = models.DateTimeField("끝", null=True, blank=True)

    personal = told(file_name="text", errors_file="empty", nobodys="kind source encoding state")

    class Meta:
        verbose_name = "일괄 등록"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="import_batch_state_known"),
            models.CheckConstraint(
                condition=Q(rows=F("created") + F("updated") + F("skipped") + F("refused")),
                name="import_batch_counts_sum_to_rows",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(CityModel):
    """Which of our objects a foreign row became: taking in the same file again finds it here."""

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="imported_rows", verbose_name="일괄 등록"
    )
    kind = models.CharField("종류", max_length=40)
    source = models.CharField("출처", max_length=80)
    external_id = models.CharField("원래 번호", max_length=120)
    object_id = models.UUIDField("대상")

    personal = told(external_id="secret", nobodys="kind source")

    class Meta:
        verbose_name = "일괄 등록한 행"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "source", "external_id"], name="imported_row_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.external_id}"
