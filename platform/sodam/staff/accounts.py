"""How allauth behaves here: nobody signs up, and single sign-on opens existing accounts only."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from core_crm.staff.services import official_sign_on
from sodam.ui import idle

GROUP_CLAIMS = ("groups", "roles")
"""Where Keycloak, Entra ID and their like say in which groups somebody is."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by an administrator of the city (or the platform), never taken."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/staff/" if getattr(request, "city", None) else "/"

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """The idle clock starts with the log-in."""
        idle.touch(request, now=timezone.now())
        return super().post_login(request, user, **kwargs)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on (OIDC): the provider's verified address must belong to an account here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """In a city also what the person's groups there may do, at every sign-on."""
        user = _user_of(request, sociallogin)
        if user is None:
            page = render(request, "staff/refused.html", {"why": "no_account"}, status=403)
            raise ImmediateHttpResponse(page)
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)


def _user_of(request: HttpRequest, sociallogin: Any) -> Any:
    """The account of whoever signs on; None for a stranger, and for who has no role any more."""
    verified = [known.email.lower() for known in sociallogin.email_addresses if known.verified]
    if sociallogin.is_existing:
        verified = [sociallogin.user.email]
    if getattr(request, "city", None) is None:
        return get_user_model().objects.filter(is_active=True, email__in=verified).first()
    said = _said_of(sociallogin)
    for email in verified:
        name = str(said.get("name") or "")[:60]
        official = official_sign_on(
            email=email, name=name, groups=_groups(said), now=timezone.now()
        )
        if official is not None:
            return official.user
    return None


def _said_of(sociallogin: Any) -> dict[str, Any]:
    """What the provider says of a person: the token, and the user-info over it."""
    told = sociallogin.account.extra_data or {}
    parts = [told.get("id_token"), told.get("userinfo"), told]
    return {key: value for part in parts if isinstance(part, dict) for key, value in part.items()}


def _groups(said: dict[str, Any]) -> list[str] | None:
    """The groups of a person by the usual claims; None when the provider sends none at all."""
    sent = [said[claim] for claim in GROUP_CLAIMS if isinstance(said.get(claim), list)]
    return [str(group) for claim in sent for group in claim] if sent else None
