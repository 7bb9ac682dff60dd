"""Every plugin of the house keeps the contract that outside authors keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from customization.plugin_api import NEEDS, Permission
from customization.public import place_of, plugin_check
from plugins._template import PLUGIN as TEMPLATE

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
CODES = sorted(path.parent.name for path in PLUGINS.glob("*/__init__.py"))


@pytest.mark.parametrize("code", CODES)
def test_it_keeps_the_contract(code: str) -> None:
    place = place_of(code)
    found = plugin_check(place.candidate, folder=place.folder, package=place.package)
    assert [str(one) for one in found if not one.is_kept] == []


def test_the_template_uses_everything_there_is() -> None:
    assert {type(one) for one in TEMPLATE.contributes} == set(NEEDS)
    assert set(TEMPLATE.permissions) == set(Permission)
    assert TEMPLATE.documents is not None
    assert TEMPLATE.config is not None
