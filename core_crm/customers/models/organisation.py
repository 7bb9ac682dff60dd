"""Bodies the city talks with, and the people who act for them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from core_crm.customers.models.citizen import DISTRICT_PATTERN, E164_PATTERN, Citizen
from core_crm.customers.types import CustomerState, MemberRole, OrganisationKind
from tenants.isolation.objects import CityModel
from tenants.personal import told

KINDS = [kind.value for kind in OrganisationKind]
STATES = [state.value for state in CustomerState]
ROLES = [role.value for role in MemberRole]


class Organisation(CityModel):
    """A company, association, institution or group (법인·단체).

    `registration_no`: the business or corporation number, ten or thirteen digits, if it has one.
    """

    name = models.CharField("이름", max_length=120)
    kind = models.CharField("종류", max_length=16, default=OrganisationKind.OTHER)
    trade = models.CharField("업종·유형", max_length=60, blank=True)
    registration_no = models.CharField("등록번호", max_length=13, blank=True)
    representative_name = models.CharField("대표자", max_length=80, blank=True)
    phone = models.CharField("대표전화", max_length=16, blank=True)
    extension = models.CharField("내선", max_length=12, blank=True)
    email = models.EmailField("이메일", blank=True)
    website = models.URLField("누리집", blank=True)
    postcode = models.CharField("우편번호", max_length=5, blank=True)
    address = models.CharField("주소", max_length=200, blank=True)
    address_detail = models.CharField("상세주소", max_length=100, blank=True)
    district_code = models.CharField("행정동", max_length=10, blank=True)
    facts = models.JSONField("그 밖의 사실", default=dict, blank=True)
    state = models.CharField("상태", max_length=8, default=CustomerState.ACTIVE)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="aliases"
    )
    source = models.CharField("등록 경로", max_length=40, blank=True)
    batch_id = models.UUIDField("일괄 등록", null=True, blank=True)
    terms = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    created_at = models.DateTimeField("등록일시")
    changed_at = models.DateTimeField("고친 일시", null=True, blank=True)

    personal = told(
        name="text",
        registration_no="secret",
        representative_name="name",
        phone="phone",
        email="email",
        website="empty",
        postcode="empty",
        address="text",
        address_detail="empty",
        facts="empty",
        terms="empty",
        nobodys="kind trade extension district_code state source",
    )

    class Meta:
        verbose_name = "법인·단체"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name"], name="organisation_name"),
            models.Index(fields=["phone"], name="organisation_phone", condition=~Q(phone="")),
            GinIndex(fields=["terms"], name="organisation_terms"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="organisation_kind_known"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=E164_PATTERN),
                name="organisation_phone_is_e164",
            ),
            models.CheckConstraint(
                condition=Q(district_code="") | Q(district_code__regex=DISTRICT_PATTERN),
                name="organisation_district_is_a_code",
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="organisation_state_known"),
            models.CheckConstraint(
                condition=Q(registration_no="")
                | Q(registration_no__regex=r"^([0-9]{10}|[0-9]{13})$"),
                name="organisation_number_is_one",
            ),
            models.UniqueConstraint(
                fields=["registration_no"],
                condition=~Q(registration_no="") & Q(state="active"),
                name="organisation_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(CityModel):
    """A person who acts for an organisation: as its representative, or in a department (부서)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="members", verbose_name="법인·단체"
    )
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="memberships", verbose_name="시민"
    )
    role = models.CharField("역할", max_length=16, default=MemberRole.CONTACT)
    department = models.CharField("부서", max_length=60, blank=True)
    position = models.CharField("직책", max_length=40, blank=True)
    valid_from = models.DateField("시작일", null=True, blank=True)
    valid_to = models.DateField("끝난 날", null=True, blank=True)

    personal = told(nobodys="role department position")

    class Meta:
        verbose_name = "소속"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["organisation", "citizen", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
