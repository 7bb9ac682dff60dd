"""A city's files on the disk: one order, one sum, nowhere outside; two folders change places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenants.provisioning.archive.errors import ArchiveTorn
from tenants.provisioning.archive.exchanging import exchange, files_follow, files_settled
from tenants.provisioning.archive.files import (
    file_names,
    files_facts,
    files_folder,
    place_in,
)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def put(code: str, name: str, text: str) -> None:
    path = files_folder(code) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_same_files_have_the_same_sum_and_one_changed_letter_another() -> None:
    for code in ("busan", "busan_copy"):
        put(code, "2026/11/b", "둘")
        put(code, "2026/02/a", "하나")
    assert list(file_names("busan")) == ["2026/02/a", "2026/11/b"]
    assert files_facts("busan") == files_facts("busan_copy")
    assert files_facts("busan").count == 2
    put("busan_copy", "2026/11/b", "셋")
    assert files_facts("busan") != files_facts("busan_copy")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveTorn, match="자기 자리 밖"):
        place_in(tmp_path, name)


def seen() -> tuple[str, str]:
    return tuple((files_folder(code) / "x").read_text() for code in ("busan", "copy"))  # type: ignore[return-value]


@pytest.fixture
def _two() -> None:
    put("busan", "x", "old")
    put("copy", "x", "new")


@pytest.mark.usefixtures("_two")
def test_two_folders_change_places() -> None:
    exchange(files_folder("busan"), files_folder("copy"))
    assert seen() == ("new", "old")


@pytest.mark.usefixtures("_two")
def test_files_follow_the_schemas_however_often_they_are_told() -> None:
    """As after a kill: before the exchange, after it with the schemas back, after it for good."""
    files_follow("busan", "copy", key="1", is_switched=False)
    assert seen() == ("old", "new")
    files_follow("busan", "copy", key="1", is_switched=True)
    files_follow("busan", "copy", key="1", is_switched=True)
    assert seen() == ("new", "old")
    files_follow("busan", "copy", key="1", is_switched=False)
    assert seen() == ("old", "new")
    files_follow("busan", "copy", key="1", is_switched=True)
    files_settled("busan", "copy", key="1")
    files_follow("busan", "copy", key="1", is_switched=True)
    assert seen() == ("new", "old")
    assert files_facts("busan").count == files_facts("copy").count == 1
