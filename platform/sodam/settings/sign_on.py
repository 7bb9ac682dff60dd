"""Single sign-on by OpenID Connect, when the deployment names a provider."""

from __future__ import annotations

from typing import Any

from sodam.settings.environment import Environment


def oidc_providers(env: Environment) -> dict[str, Any]:
    """allauth's providers: one OIDC provider with PKCE, or none."""
    if not env.oidc_url:
        return {}
    app = {
        "provider_id": "city",
        "name": env.oidc_name,
        "client_id": env.oidc_client_id,
        "secret": env.oidc_client_secret,
        "settings": {"server_url": env.oidc_url, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
