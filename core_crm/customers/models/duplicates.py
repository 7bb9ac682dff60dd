"""Who may be the same person twice, and who was put together (중복·병합)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.types import PairState
from tenants.isolation.objects import CityModel
from tenants.personal import told

STATES = [state.value for state in PairState]


class DuplicatePair(CityModel):
    """Two citizens who may be one (중복 후보): a suggestion, on which a person decides.

    `left` is the smaller id. `evidence`: what speaks for and against, as codes with weights.
    """

    left = models.ForeignKey(Citizen, models.CASCADE, related_name="pairs_left")
    right = models.ForeignKey(Citizen, models.CASCADE, related_name="pairs_right")
    score = models.FloatField("점수")
    evidence = models.JSONField("근거", default=list)
    state = models.CharField("상태", max_length=12, default=PairState.OPEN)
    found_at = models.DateTimeField("찾은 일시")
    decided_at = models.DateTimeField("판단한 일시", null=True, blank=True)
    decided_by_name = models.CharField("판단한 사람", max_length=60, blank=True)

    personal = told(decided_by_name="name", nobodys="evidence state")

    class Meta:
        verbose_name = "중복 후보"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-score"], name="pair_by_score"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="pair_state_known"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_is_ordered"),
            models.UniqueConstraint(fields=["left", "right"], name="pair_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DuplicateSearch(CityModel):
    """One walk over the citizens of a city that looks for duplicates, a slice at a time.

    Of those who changed since `since` (None: of everybody). `reached`: up to whose id it has come;
    it is over when `done_at` is set. `looked`: records compared with others; `found`: pairs.
    """

    since = models.DateTimeField("언제부터 바뀐", null=True, blank=True)
    reached = models.UUIDField("어디까지", null=True, blank=True)
    looked = models.PositiveBigIntegerField("살펴본 고객", default=0)
    found = models.PositiveBigIntegerField("찾은 후보", default=0)
    started_at = models.DateTimeField("시작 일시")
    done_at = models.DateTimeField("끝난 일시", null=True, blank=True)

    personal = told()

    class Meta:
        verbose_name = "중복 찾기"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["done_at"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="search_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Merge(CityModel):
    """Two citizens put together: who stays, who became an alias, and how to undo it for 30 days.

    `before`: what the merge changed of who stays, as it was and as it became; emptied when the time
    to undo is over. The alias keeps its own values.
    """

    survivor = models.ForeignKey(Citizen, models.PROTECT, related_name="merges")
    alias = models.ForeignKey(Citizen, models.PROTECT, related_name="merged_by")
    chosen = models.JSONField("고른 값", default=dict)
    before = models.JSONField("합치기 전", default=dict)
    evidence = models.JSONField("근거", default=list)
    reason = models.CharField("사유", max_length=300, blank=True)
    by_id = models.UUIDField("합친 사람", null=True, blank=True)
    by_name = models.CharField("합친 사람 이름", max_length=60)
    at = models.DateTimeField("합친 일시")
    undo_until = models.DateTimeField("되돌릴 수 있는 때까지")
    undone_at = models.DateTimeField("되돌린 일시", null=True, blank=True)
    undone_by_name = models.CharField("되돌린 사람", max_length=60, blank=True)

    personal = told(
        before="empty", by_name="name", undone_by_name="name", reason="text",
        nobodys="chosen evidence",
    )  # fmt: skip

    class Meta:
        verbose_name = "병합"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["survivor", "-at"], name="merge_of_survivor"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(survivor=F("alias")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["alias"], condition=Q(undone_at__isnull=True), name="merged_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
