"""Who may log in. The same table stands in every city's schema and in the platform's own.

An account belongs to exactly one of them: a city's login cannot read another's, nor the platform's.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from tenants.isolation.ids import UUIDv7Field
from tenants.personal import told


class UserManager(BaseUserManager["User"]):
    """Accounts are named by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account; without a password it can only log in by single sign-on."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person with a login: an official in a city, an operator or analyst on the platform."""

    class PlatformRole(models.TextChoices):
        NONE = "", "없음"
        OPERATOR = "operator", "운영자"
        APPROVER = "approver", "승인자"
        ANALYST = "analyst", "중앙 분석가"

    class Language(models.TextChoices):
        KOREAN = "ko", "한국어"
        ENGLISH = "en", "English"

    id = UUIDv7Field(primary_key=True)
    email = models.EmailField("전자우편", unique=True)
    name = models.CharField("이름", max_length=60)
    is_active = models.BooleanField("사용 중", default=True)
    platform_role = models.CharField(max_length=16, choices=PlatformRole, default="", blank=True)
    language = models.CharField("언어", max_length=2, choices=Language, default=Language.KOREAN)
    created_at = models.DateTimeField("만든 일시", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    personal = told(
        password="unusable",  # noqa: S106 - a kind of value
        email="email",
        name="name",
        nobodys="platform_role language",
    )

    class Meta:
        verbose_name = "계정"
        verbose_name_plural = "계정"

    def __str__(self) -> str:
        return self.email
