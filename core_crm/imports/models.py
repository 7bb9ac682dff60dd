"""Files taken in: one batch per file, what it changed, and which foreign row became what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core_crm.imports.types import BatchState
from tenants.isolation.objects import CityModel
from tenants.personal import told

STATES = [state.value for state in BatchState]


class ImportBatch(CityModel):
    """One file taken in (일괄 등록), with what became of its rows.

    `mapping`: column → field; `upload`: the file in the city's storage, gone after the end;
    `at_offset` and `at_line`: where its next row begins; `total`: its rows, as its lines let
    expect until it ended; `rate`: rows of a second, measured by the last piece of work.
    """

    kind = models.CharField("종류", max_length=40)
    source = models.CharField("출처", max_length=80)
    file_name = models.CharField("파일 이름", max_length=255)
    encoding = models.CharField("문자 인코딩", max_length=20)
    state = models.CharField("상태", max_length=12, default=BatchState.RUNNING)
    rows = models.PositiveIntegerField("행", default=0)
    created = models.PositiveIntegerField("새로 등록", default=0)
    updated = models.PositiveIntegerField("고침", default=0)
    skipped = models.PositiveIntegerField("이미 있음", default=0)
    refused = models.PositiveIntegerField("받지 않음", default=0)
    errors_file = models.CharField("오류 파일", max_length=255, blank=True)
    by_id = models.UUIDField("올린 사람", null=True, blank=True)
    basis = models.CharField("법적 근거", max_length=200, blank=True, default="")
    policy = models.CharField("이미 있으면", max_length=12, blank=True, default="")
    acquired_list_id = models.UUIDField("입수고객 명단", null=True, blank=True)
    upload = models.CharField("올린 파일", max_length=255, blank=True, default="")
    delimiter = models.CharField("구분 기호", max_length=1, blank=True, default="")
    at_offset = models.BigIntegerField("여기까지(바이트)", default=0)
    at_line = models.PositiveIntegerField("여기까지(줄)", default=1)
    mapping = models.JSONField("열 맞춤", default=dict, blank=True)
    plan = models.JSONField("점검", null=True, blank=True)
    total = models.PositiveIntegerField("모든 행", default=0)
    rate = models.FloatField("초당 행", default=0)
    queued_at = models.DateTimeField("줄 선 때", null=True, blank=True)
    created_at = models.DateTimeField("시작")
    finished_at = models.DateTimeField("끝", null=True, blank=True)

    personal = told(
        file_name="text",
        errors_file="empty",
        upload="empty",
        nobodys="kind source encoding delimiter state basis policy mapping plan",
    )

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


class ImportPiece(CityModel):
    """What one piece of a batch created: one row for thousands."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="pieces")
    ids = ArrayField(models.UUIDField(), verbose_name="새로 생긴 것")

    personal = told(nobodys="ids")

    class Meta:
        verbose_name = "일괄 등록이 만든 것"

    def __str__(self) -> str:
        return str(self.id)


class ImportChange(CityModel):
    """An object that a batch changed, so that the batch can be taken back."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes", db_index=False)
    object_id = models.UUIDField("대상")
    before = models.JSONField("전", default=dict, blank=True)
    after = models.JSONField("후", default=dict, blank=True)

    personal = told(before="empty", after="empty")

    class Meta:
        verbose_name = "일괄 등록이 바꾼 것"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch", "-id"], name="import_change_newest"),
        ]

    def __str__(self) -> str:
        return str(self.object_id)


class ImportRefusal(CityModel):
    """A row that was not taken, by its line, and why; never what it said."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="refusals", db_index=False)
    row = models.PositiveIntegerField("행")
    column = models.CharField("열", max_length=120, blank=True)
    reason = models.CharField("사유", max_length=200)

    personal = told(column="text", nobodys="reason")

    class Meta:
        verbose_name = "받지 않은 행"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch", "row", "id"], name="import_refusal_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.row)
