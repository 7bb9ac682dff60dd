"""Noticing that a plugin, while it was imported, changed somebody else's code; and undoing it.

Compared are the functions and classes of our own modules and of Django's, and the models that
Django knows. Values that programs move themselves (caches, counters) are left alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from django.apps import apps

WATCHED = ("builtins", "core_crm", "customization", "django", "json", "sodam", "tenants")
CODE = (FunctionType, BuiltinFunctionType, type, classmethod, staticmethod, property)


class Snapshot:
    """What the watched modules and classes hold now."""

    def __init__(self) -> None:
        self._held = [(owner, dict(vars(owner))) for owner in _owners()]
        self._models = {label: dict(models) for label, models in apps.all_models.items()}

    def undo(self) -> list[str]:
        """Put back what was changed since; the names of it, sorted."""
        return sorted({*self._undo_code(), *self._undo_models()})

    def _undo_code(self) -> Iterator[str]:
        for owner, held in self._held:
            if not _is_same(owner, held):
                yield from _put_back(owner, held)

    def _undo_models(self) -> Iterator[str]:
        for label, models in list(apps.all_models.items()):
            for name in set(models) - set(self._models.get(label, {})):
                del models[name]
                apps.clear_cache()
                yield f"model {label}.{name}"


def _owners() -> Iterator[Any]:
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in WATCHED and isinstance(module, ModuleType):
            yield module
            for value in list(vars(module).values()):
                if _is(value, type) and value.__module__ == name:
                    yield value


def _is_same(owner: Any, held: Mapping[str, Any]) -> bool:
    """At a glance: dictionaries of the very same values are compared without asking the values."""
    try:
        return bool(vars(owner) == held)
    except Exception:  # a value that cannot be compared: look closely
        return False


def _put_back(owner: Any, held: Mapping[str, Any]) -> Iterator[str]:
    now = dict(vars(owner))
    for name, value in held.items():
        if _is(value, *CODE) and now.get(name) is not value:
            setattr(owner, name, value)
            yield f"{owner.__name__}.{name}"
    for name, value in now.items():
        # A module gets names by being imported from, which is nothing; a class does not.
        if name not in held and _is(owner, type) and _is(value, FunctionType):
            delattr(owner, name)
            yield f"{owner.__name__}.{name}"


def _is(value: Any, *kinds: type) -> bool:
    """By its real type: `isinstance` would wake Django's lazy objects."""
    return issubclass(type(value), kinds)
