"""How plugins fare in the city being served, and the circuit breaker: five failures within ten
minutes, and its functions are asked no more in this city until somebody turns it on again.

The count is in the city's cache and holds also when a page's transaction is rolled back; what
officials read is a row, written after the transaction.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from redis.exceptions import RedisError

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from customization.registry.models import PluginHealth
from tenants.context import current_city
from tenants.isolation.keys import city_cache

log = logging.getLogger(__name__)

MOST_FAILURES, WINDOW_SECONDS = 5, 600
PAUSED, PAUSED_SECONDS, FRESH_SECONDS = "plugins:paused", 60, 2.0

_seen: dict[str, tuple[float, frozenset[str]]] = {}
_counts: dict[tuple[str, str], tuple[float, int]] = {}


def is_paused(plugin: str) -> bool:
    """Are this plugin's functions not to be asked here? Looked up every two seconds."""
    return plugin in paused_here()


def paused_here() -> frozenset[str]:
    """The plugins paused in the city being served."""
    city = current_city().code
    at, codes = _seen.get(city, (float("-inf"), frozenset[str]()))
    if time.monotonic() - at < FRESH_SECONDS:
        return codes
    codes = _paused_now()
    _seen[city] = time.monotonic(), codes
    return codes


def forget_all() -> None:
    """Look everything up anew (tests empty cities behind our back)."""
    _seen.clear()
    _counts.clear()


def failed(plugin: str, place: str, failure: BaseException) -> None:
    """Note a failure; the fifth within ten minutes pauses the plugin here, at once."""
    error = f"{type(failure).__name__}: {failure}"[:300]
    log.warning("plugin_failed", extra={"plugin": plugin, "place": place, "error": error})
    is_over = _count(plugin) >= MOST_FAILURES and not is_paused(plugin)
    if is_over:
        _set_paused({*paused_here(), plugin})
    now = timezone.now()
    transaction.on_commit(lambda: _write(plugin, place, error, now=now, pause=is_over), robust=True)


def resume(plugin: str, *, actor: Actor | None, now: datetime) -> None:
    """Ask its functions again, and count from nothing."""
    PluginHealth.objects.filter(plugin=plugin).update(paused_at=None, failures=0)
    _counts.pop((current_city().code, plugin), None)
    _forget_count(plugin)
    _set_paused(paused_here() - {plugin})
    _audit("config.plugin_resumed", plugin, actor=actor, now=now)


def health_list() -> Mapping[str, PluginHealth]:
    """How each plugin that ever failed here has fared, by code."""
    return {one.plugin: one for one in PluginHealth.objects.all()}


def _count(plugin: str) -> int:
    try:
        return city_cache().incr(f"plugin:failed:{plugin}", timeout_seconds=WINDOW_SECONDS)
    except RedisError:
        return _count_here(plugin)


def _count_here(plugin: str) -> int:
    """While the cache is away each process counts for itself."""
    key = (current_city().code, plugin)
    since, count = _counts.get(key, (time.monotonic(), 0))
    if time.monotonic() - since > WINDOW_SECONDS:
        since, count = time.monotonic(), 0
    _counts[key] = since, count + 1
    return count + 1


def _forget_count(plugin: str) -> None:
    try:
        city_cache().delete(f"plugin:failed:{plugin}")
    except RedisError:
        return


def _paused_now() -> frozenset[str]:
    try:
        kept = city_cache().get(PAUSED)
        if kept is None:
            kept = _paused_rows()
            city_cache().add(PAUSED, kept, timeout_seconds=PAUSED_SECONDS)
        return frozenset(kept)
    except RedisError:
        return frozenset(_paused_rows())


def _paused_rows() -> list[str]:
    rows = PluginHealth.objects.filter(paused_at__isnull=False)
    return list(rows.values_list("plugin", flat=True))


def _set_paused(codes: set[str] | frozenset[str]) -> None:
    _seen[current_city().code] = time.monotonic(), frozenset(codes)
    try:
        city_cache().set(PAUSED, sorted(codes), timeout_seconds=WINDOW_SECONDS)
    except RedisError:
        return


def _write(plugin: str, place: str, error: str, *, now: datetime, pause: bool) -> None:
    facts = {"last_place": place[:120], "last_error": error, "last_failed_at": now}
    facts |= {"paused_at": now} if pause else {}
    try:
        with transaction.atomic():
            PluginHealth.objects.get_or_create(plugin=plugin)
            PluginHealth.objects.filter(plugin=plugin).update(failures=F("failures") + 1, **facts)
            if pause:
                _audit("config.plugin_paused", plugin, actor=None, now=now, reason=error)
    except DatabaseError:
        log.exception("plugin_failure_not_kept", extra={"plugin": plugin})


def _audit(
    action: str, plugin: str, *, actor: Actor | None, now: datetime, reason: str = ""
) -> None:
    audit_append(
        action,
        actor=actor,
        subject_kind="plugin",
        subject_id=None,
        now=now,
        facts={"plugin": plugin},
        reason=reason,
    )
