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
        self._held = [(owner, _code_of(owner)) for owner in _owners()]
        self._models = {label: dict(models) for label, models in apps.all_models.items()}

    def undo(self) -> list[str]:
        """Put back what was changed since; the names of it, sorted."""
        return sorted({*self._undo_code(), *self._undo_models()})

    def _undo_code(self) -> Iterator[str]:
        for owner, held in self._held:
            now = vars(owner)
            for name, value in held.items():
                if now.get(name) is not value:
                    setattr(owner, name, value)
                    yield f"{owner.__name__}.{name}"
            for name in _added(owner, held):
                delattr(owner, name)
                yield f"{owner.__name__}.{name}"

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


def _code_of(owner: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(owner).items() if _is(value, *CODE)}


def _is(value: Any, *kinds: type) -> bool:
    """By its real type: `isinstance` would wake Django's lazy objects."""
    return issubclass(type(value), kinds)


def _added(owner: Any, held: Mapping[str, Any]) -> list[str]:
    """Functions a class has got; a module gets names by being imported from, which is nothing."""
    if isinstance(owner, ModuleType):
        return []
    found = vars(owner).items()
    return [name for name, value in found if name not in held and isinstance(value, FunctionType)]
