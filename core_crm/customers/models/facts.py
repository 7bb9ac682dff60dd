"""What is known of a citizen with a day to it, and what is known under lock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core_crm.customers.models.citizen import Citizen
from core_crm.customers.types import IdentifierKind
from tenants.isolation.objects import CityModel
from tenants.personal import STAYS, told

IDENTIFIERS = [kind.value for kind in IdentifierKind]


class DatedFact(CityModel):
    """A day that matters for a citizen: moved in, passport expires (campaigns start from it).

    `kind` is a code of the list `dated_facts`. `basis`: the law or agreement by which we hold it.
    """

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="dated_facts")
    kind = models.CharField("종류", max_length=48)
    on = models.DateField("날짜")
    source = models.CharField("출처", max_length=80)
    basis = models.CharField("근거", max_length=160)
    recorded_at = models.DateTimeField("적은 일시")

    personal = told(nobodys="kind source basis")

    class Meta:
        verbose_name = "날짜가 있는 사실"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "on"], name="dated_fact_by_day"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(basis=""), name="dated_fact_says_whence"
            ),
            models.UniqueConstraint(fields=["citizen", "kind"], name="dated_fact_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class UniqueIdentifier(CityModel):
    """A passport or foreigner's number (고유식별정보), encrypted; never a resident number.

    개인정보 보호법 제24조, 제24조의2. `cipher` is opened by the key `key_id`; `sought_by` finds the
    same number again without opening any (a keyed digest).
    """

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="identifiers")
    kind = models.CharField("종류", max_length=16)
    cipher = models.BinaryField("암호문")
    key_id = models.CharField("열쇠", max_length=16)
    sought_by = models.CharField("찾는 값", max_length=64)
    basis = models.CharField("근거", max_length=160)
    recorded_at = models.DateTimeField("적은 일시")

    personal = STAYS

    class Meta:
        verbose_name = "고유식별정보"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sought_by"], name="identifier_sought"),
            models.Index(fields=["key_id"], name="identifier_key"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=IDENTIFIERS), name="identifier_kind_known"),
            models.CheckConstraint(condition=~Q(basis=""), name="identifier_has_a_basis"),
            models.UniqueConstraint(fields=["citizen", "kind"], name="identifier_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
