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

from sodam.ui import idle


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
        if sociallogin.is_existing:
            return
        verified = [known.email for known in sociallogin.email_addresses if known.verified]
        users = get_user_model().objects.filter(is_active=True)
        found = users.filter(email__in=[address.lower() for address in verified]).first()
        if found is None:
            page = render(request, "staff/refused.html", {"why": "no_account"}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, found)
