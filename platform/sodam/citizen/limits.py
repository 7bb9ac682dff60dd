"""How often one address may try within a minute. Keys hold a digest, never the address."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.context import current_city
from tenants.isolation.limits import Limit, TooManyRequests, count, digest, exceeded


class TooManyTries(TooManyRequests):
    """More tries in a minute than a person needs."""

    code = "citizen.too_many_tries"


def count_try(request: HttpRequest, name: str, *, per_minute: int) -> None:
    """Count one try of this address. Raises TooManyTries beyond `per_minute`.

    While the broker is away nobody is kept from their own voice: the contact still has to fit.
    """
    limit = Limit(f"tries-{name}", digest(request.META.get("REMOTE_ADDR", "")), per_minute)
    if over := exceeded(count(current_city().code, [limit], now=timezone.now())):
        raise TooManyTries(
            _("짧은 동안에 너무 여러 번 시도했습니다. 1분 뒤에 다시 해 주세요."), counted=over
        )
