"""What a first visit has to load: small enough for a phone on a train (UX C1)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

LIMIT_BYTES = 200_000


@pytest.mark.usefixtures("busan")
def test_the_first_view_weighs_less_than_200_kb_compressed(
    city_client: Callable[..., Client],
) -> None:
    """HTML, styles and scripts; fonts aside. Styles and scripts of packages are sent compressed."""
    page = city_client("busan").get("/").content
    names = re.findall(rb'(?:href|src)="/static/([^"?]+\.(?:css|js))', page)
    assert names
    weight = len(gzip.compress(page))
    for name in names:
        path = Path(str(finders.find(name.decode())))
        packed = path.with_name(f"{path.name}.gz")
        if "vendor" in path.parts:
            assert packed.exists(), f"{path.name} is sent uncompressed"
        weight += packed.stat().st_size if packed.exists() else path.stat().st_size
    assert weight < LIMIT_BYTES
