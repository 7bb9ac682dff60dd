"""Does every plugin that a city has turned on work with this release?"""

from __future__ import annotations

from customization.documents.selectors import plugins_in_force
from customization.registry.store import known_plugins


def plugins_unusable() -> dict[str, str]:
    """Of the city being served: plugin -> why this release cannot use it. One query."""
    usable = known_plugins().loaded
    return {use.code: _why(use.code) for use in plugins_in_force() if use.code not in usable}


def _why(code: str) -> str:
    found = [one for one in known_plugins().quarantined if one.origin.split(".")[-1] == code]
    return found[0].reason if found else "설치되어 있지 않습니다."


def plugin_objection() -> str:
    """For the guard of a migration: which plugins are in the way; "" when none is."""
    found = plugins_unusable().items()
    return " ".join(f"플러그인 {code}: 이 판에서 쓸 수 없습니다 ({why})." for code, why in found)
