"""Logging in on the ministry's host."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

ACCOUNTS = ("analyst@ministry.example",)


class MinistryLogin(LoginView):  # type: ignore[misc]
    """The same log-in as a city's, with the platform's own accounts."""

    template_name = "ministry/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = ACCOUNTS if settings.DEMO_MODE else ()
        facts: dict[str, Any] = super().get_context_data(**kwargs, demo_accounts=accounts)
        return facts


login = MinistryLogin.as_view()
