"""The house as it was drawn: folders, source roots, sizes."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = ("platform", "tenants", "core_crm", "customization", "plugins", "fixtures", "tests", "helm")
BESIDE = {"docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "NOTICE", "Makefile"}
BESIDE |= {"Containerfile"}
FILES = {"pyproject.toml", "requirements.txt", "requirements-dev.txt"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


@pytest.mark.parametrize("name", NAMED)
def test_every_named_folder_says_what_lives_in_it(name: str) -> None:
    text = (ROOT / name / "README.md").read_text(encoding="utf-8")
    assert 5 <= len(text.splitlines()) <= 60


def test_nothing_else_stands_at_the_top() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked() if not path.name.startswith(".")}
    strangers = {name for name in top if not name.startswith(".")} - {*NAMED} - BESIDE - FILES
    assert strangers == set()


def test_platform_is_a_folder_and_never_a_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    code = "import platform, sodam; print(platform.python_version(), sodam.__file__)"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("3.")


def test_ruff_keeps_its_eye_on_shadowed_modules() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "src" not in config["tool"]["ruff"]
    assert "A" in config["tool"]["ruff"]["lint"]["select"]


def test_import_contracts_have_no_exceptions() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in config["tool"]["importlinter"]["contracts"]:
        assert "ignore_imports" not in contract
        if "containers" in contract:
            assert contract["exhaustive"] is True


def test_no_file_grows_past_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked("*.py", ":!*/migrations/*")
        if (count := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}


def test_lock_files_have_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
    lock = (ROOT / "platform/sodam/ui/package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert '"resolved": "http' not in lock


def test_the_readme_has_exactly_two_set_up_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = {line.strip() for line in text.splitlines() if line.strip().startswith("make ")}
    assert commands == {"make run", "make test"}
