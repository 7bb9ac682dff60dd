"""The people a city talks with."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from core_crm.customers.types import ContactChannel, CustomerState, Sex
from tenants.isolation.objects import CityModel
from tenants.personal import told

CHANNELS = [channel.value for channel in ContactChannel]
STATES = [state.value for state in CustomerState]
SEXES = ["", *(sex.value for sex in Sex)]
E164_PATTERN = r"^\+[1-9][0-9]{6,14}$"
DISTRICT_PATTERN = r"^[0-9]{10}$"


class Citizen(CityModel):
    """One person (시민). Who only claims a further contact is kept apart from whom we know.

    `phone` and `email` are those in use; further ones are contact points. `district_code`: the
    행정동 in which the person lives (10 digits of 행정안전부; the first five name the 시·군·구).
    `terms`: what the search finds the person by. A merged citizen stays as an alias of another.
    """

    name = models.CharField("이름", max_length=80, blank=True)
    phone = models.CharField("휴대전화", max_length=16, blank=True)
    email = models.EmailField("이메일", blank=True)
    preferred_channel = models.CharField("연락 방법", max_length=8, default=ContactChannel.SMS)
    language = models.CharField("언어", max_length=2, default="ko")
    is_anonymous = models.BooleanField("연락처 없음", default=False)
    birth_on = models.DateField("생년월일", null=True, blank=True)
    sex = models.CharField("성별", max_length=1, blank=True, default="", db_default="")
    postcode = models.CharField("우편번호", max_length=5, blank=True, default="", db_default="")
    address = models.CharField("주소", max_length=200, blank=True, default="", db_default="")
    address_detail = models.CharField(
        "상세주소", max_length=100, blank=True, default="", db_default=""
    )
    district_code = models.CharField("행정동", max_length=10, blank=True, default="", db_default="")
    needs = ArrayField(
        models.CharField(max_length=24),
        verbose_name="배려 사항",
        default=list,
        db_default=[],
        blank=True,
    )
    state = models.CharField(
        "상태", max_length=8, default=CustomerState.ACTIVE, db_default="active"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="aliases"
    )
    is_restricted = models.BooleanField("처리 정지", default=False, db_default=False)
    source = models.CharField("등록 경로", max_length=40, blank=True, default="", db_default="")
    batch_id = models.UUIDField("일괄 등록", null=True, blank=True)
    terms = ArrayField(models.CharField(max_length=8), default=list, db_default=[], blank=True)
    created_at = models.DateTimeField("등록일시")
    changed_at = models.DateTimeField("고친 일시", null=True, blank=True)

    personal = told(
        name="name",
        phone="phone",
        email="email",
        postcode="empty",
        address="text",
        address_detail="empty",
        terms="empty",
        nobodys="preferred_channel language sex district_code needs state source",
    )

    class Meta:
        verbose_name = "시민"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["phone"], name="citizen_phone", condition=~Q(phone="")),
            models.Index(fields=["email"], name="citizen_email", condition=~Q(email="")),
            models.Index(
                fields=["birth_on"], name="citizen_birth", condition=Q(birth_on__isnull=False)
            ),
            # A search reads the whole list of pending entries: 4 MB, the default, take 40 ms.
            GinIndex(fields=["terms"], name="citizen_terms", gin_pending_list_limit=256),
            models.Index(
                fields=["merged_into"],
                name="citizen_aliases",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index(  # a handful among millions: a list of them must not read all
                fields=["-id"], name="citizen_restricted", condition=Q(is_restricted=True)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(is_anonymous=True),
                name="citizen_reachable_or_anonymous",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=E164_PATTERN),
                name="citizen_phone_is_e164",
            ),
            models.CheckConstraint(
                condition=Q(preferred_channel__in=CHANNELS), name="citizen_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["ko", "en"]), name="citizen_language_known"
            ),
            models.CheckConstraint(condition=Q(sex__in=SEXES), name="citizen_sex_known"),
            models.CheckConstraint(
                condition=Q(district_code="") | Q(district_code__regex=DISTRICT_PATTERN),
                name="citizen_district_is_a_code",
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="citizen_state_known"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="citizen_merged_into_somebody",
            ),
            models.UniqueConstraint(
                fields=["name", "phone", "email"],
                condition=Q(is_anonymous=False, state="active"),
                name="citizen_name_contacts_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)  # never the name: this ends up in logs
