"""The images' recipe: pinned, locked, without root. Read here, not built: that needs a builder."""

from __future__ import annotations

import re

from tests.support.chart import CHART, defaults

ROOT = CHART.parents[1]
LINES = (ROOT / "Containerfile").read_text("utf-8").replace("\\\n", " ").splitlines()


def _said(word: str) -> list[str]:
    return [line.partition(" ")[2].strip() for line in LINES if line.startswith(word + " ")]


def _stages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in LINES:
        if line.startswith("FROM "):
            current = found.setdefault(line.split()[-1], [])
        elif found:
            current.append(line)
    return found


def test_the_only_base_is_the_one_that_is_named_with_its_digest() -> None:
    bases = [line.split()[0] for line in _said("FROM")]
    assert bases[0] == "${PYTHON_IMAGE}"
    assert set(bases[1:]) == {"base"}
    assert _said("ARG") == ["PYTHON_IMAGE", "PYTHON_IMAGE"]  # no default that would move
    assert any("@sha256:" in line and "exit 1" in line for line in _stages()["base"])


def test_both_images_run_as_the_charts_user() -> None:
    wanted = defaults()["podSecurity"]
    for stage in ("sodam", "pgbouncer"):
        users = [line.split()[1] for line in _stages()[stage] if line.startswith("USER ")]
        assert users == [f"{wanted['userId']}:{wanted['groupId']}"]


def test_packages_come_from_the_lock_files_only() -> None:
    runs = " ".join(_said("RUN"))
    assert "bootstrap.py run" in runs
    assert not re.search(r"pip install|curl|wget|https?://|--index-url", runs)
    assert _said("ADD") == []


def test_everything_that_is_copied_is_there() -> None:
    copied = [line for line in _said("COPY") if not line.startswith("--from")]
    assert copied
    for name in (name for line in copied for name in line.split()[:-1]):
        assert (ROOT / name).exists(), name
