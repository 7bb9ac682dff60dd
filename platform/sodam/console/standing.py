"""How a government stands with a release of the standard, kept as long as nothing moves there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from customization.public import drift_of_city, in_force, newest_number, upgrade_look
from tenants.context import serving_city


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers of one government. `state`: see customization's UpgradeState."""

    standard: str
    manifest: int
    state: str
    adopted: int
    kept: int
    inherited: int
    conflicts: int
    places: int
    plugins: int
    digest: str


def standing_of(code: str, version: str) -> Standing:
    """Serves the city for a moment: one query while nothing moved, documents only, no person."""
    with serving_city(code):
        return _standing(code, version, newest_number())


@lru_cache(maxsize=256)
def _standing(code: str, version: str, number: int) -> Standing:
    """Manifests never change, so the number says everything. `code` tells the cities apart."""
    found = in_force(number)
    look, drift = upgrade_look(version, now_in_force=found), drift_of_city(found=found)
    return Standing(
        standard=found.standard_version,
        manifest=number,
        state=look.state.value,
        adopted=len(look.plan.adopted),
        kept=len(look.plan.kept),
        inherited=len(look.plan.inherited),
        conflicts=len(look.plan.conflicts),
        places=len(drift.places),
        plugins=len(found.plugins),
        digest=found.digest[:12],
    )


def forget() -> None:
    """Look anew (tests put other things under the same numbers)."""
    _standing.cache_clear()
