"""Throw-away plugins: written to a folder, loaded, and known to this process for one test."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from customization.documents import source
from customization.registry import health
from customization.registry.binding import questions
from customization.registry.discovery import Candidate, from_package
from customization.registry.loading import Plugins, load_all
from customization.registry.store import known_plugins, take

Write = Callable[..., Candidate]
Know = Callable[..., Plugins]

HEAD = """
from pathlib import Path
from datetime import datetime
from customization.plugin_api import *
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Write a throw-away package of these lines; a candidate to load it."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def write(name: str, text: str, **others: str) -> Candidate:
        folder = tmp_path / name
        folder.mkdir()
        for module, each in {"__init__": text, **others}.items():
            place = folder / (module if "." in module else f"{module}.py")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(textwrap.dedent(each), encoding="utf-8")
        importlib.invalidate_caches()
        return from_package(name)

    yield write
    for name in set(sys.modules) - before:
        if any((tmp_path / name.partition(".")[0]).glob("*")):
            del sys.modules[name]


@pytest.fixture
def know(package: Write) -> Iterator[Know]:
    """`know(good="PLUGIN = …")`: only these plugins are known to this process."""
    before = known_plugins()

    def write_and_take(*candidates: Candidate, **texts: str) -> Plugins:
        written = [package(name, HEAD + textwrap.dedent(text)) for name, text in texts.items()]
        plugins = load_all([*candidates, *written], points=questions())
        take(plugins)
        forget()
        return plugins

    yield write_and_take
    take(before)
    forget()


@pytest.fixture
def outside_template(know: Know, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template is known, as if it were installed from outside: any city may use it."""
    loaded = know(from_package("plugins._template")).loaded["template"]
    monkeypatch.setattr(type(loaded), "is_a_governments", property(lambda self: False))


def forget() -> None:
    """As another process would see it."""
    cache.clear()
    source.forget_all()
    health.forget_all()
