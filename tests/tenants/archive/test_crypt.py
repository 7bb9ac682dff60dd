"""Encrypted streams: only the right key opens them, and what is broken is never taken for whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from pyrage import x25519

from tenants.errors import DomainError
from tenants.provisioning.archive.crypt import decrypting, encrypting
from tenants.provisioning.archive.errors import (
    ArchiveMissing,
    ArchiveTorn,
    BackupKeyMissing,
    BackupKeyWrong,
)
from tenants.provisioning.archive.keys import demo_key_path, recipients

TEXT = os.urandom(300_000)


@pytest.fixture(autouse=True)
def _keys(settings: Any, tmp_path: Path) -> None:
    """A demo of its own."""
    settings.DEMO_MODE = True
    settings.BACKUPS = {
        "FOLDER": str(tmp_path / "backups"),
        "RECIPIENTS": (),
        "IDENTITY_FILE": "",
        "SECRETS_FOLDER": str(tmp_path / "secrets"),
    }


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "sealed.age"
    with encrypting(path) as out:
        out.write(TEXT)
    return path


def read(path: Path) -> bytes:
    with decrypting(path) as plain:
        return plain.read()


def test_what_went_in_comes_out_and_stands_nowhere_in_the_file(sealed: Path) -> None:
    assert read(sealed) == TEXT
    assert TEXT[:64] not in sealed.read_bytes()
    assert sealed.stat().st_mode & 0o777 == 0o600


def test_it_is_the_open_format_of_age(sealed: Path) -> None:
    identity = x25519.Identity.from_str(demo_key_path().read_text().strip())
    assert sealed.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert pyrage.decrypt(sealed.read_bytes(), [identity]) == TEXT


def test_the_demos_key_is_made_once_and_only_we_can_read_it() -> None:
    assert str(recipients()[0]) == str(recipients()[0])
    assert demo_key_path().stat().st_mode & 0o777 == 0o600


def _one_bit_changed(whole: bytes) -> bytes:
    return whole[:200_000] + bytes([whole[200_000] ^ 1]) + whole[200_001:]


@pytest.mark.parametrize(
    ("harm", "failure"),
    [
        (lambda whole: whole[: len(whole) // 2], ArchiveTorn),
        (lambda whole: whole[:-1], ArchiveTorn),
        (lambda whole: whole + b"x", ArchiveTorn),
        (
            lambda whole: whole[:200_000] + bytes([whole[200_000] ^ 1]) + whole[200_001:],
            ArchiveTorn,
        ),
        (lambda whole: b"", ArchiveTorn),
        (lambda whole: b"not an archive at all" * 100, ArchiveTorn),
    ],
    ids=["half", "last byte gone", "one byte more", "one bit changed", "empty", "another file"],
)
def test_what_is_not_whole_is_said_to_be_torn(
    sealed: Path, harm: Callable[[bytes], bytes], failure: type[DomainError]
) -> None:
    sealed.write_bytes(harm(sealed.read_bytes()))
    with pytest.raises(failure):
        read(sealed)


def test_another_key_does_not_open_it(sealed: Path) -> None:
    demo_key_path().write_text(f"{x25519.Identity.generate()}\n")
    with pytest.raises(BackupKeyWrong, match=r"sealed\.age"):
        read(sealed)


def test_outside_the_demo_a_missing_key_refuses_and_says_what_to_do(
    settings: Any, sealed: Path, tmp_path: Path
) -> None:
    settings.DEMO_MODE = False
    with pytest.raises(BackupKeyMissing, match="age-keygen"), encrypting(tmp_path / "new.age"):
        pass
    assert not (tmp_path / "new.age").exists()
    with pytest.raises(BackupKeyMissing, match="age-keygen"):
        read(sealed)


def test_keys_of_the_settings_are_used_and_each_recipient_can_read(
    settings: Any, tmp_path: Path
) -> None:
    settings.DEMO_MODE = False
    keys = [x25519.Identity.generate() for _ in range(2)]
    settings.BACKUPS["RECIPIENTS"] = tuple(str(key.to_public()) for key in keys)
    with encrypting(tmp_path / "two.age") as out:
        out.write(TEXT)
    for key in keys:
        file = tmp_path / "key.txt"
        file.write_text(f"# created: 2026-11-25\n# public key: …\n{key}\n")
        settings.BACKUPS["IDENTITY_FILE"] = str(file)
        assert read(tmp_path / "two.age") == TEXT


def test_who_stops_reading_early_gets_no_failure(sealed: Path) -> None:
    with decrypting(sealed) as plain:
        assert plain.read(10) == TEXT[:10]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match=r"nothing\.age"):
        read(tmp_path / "nothing.age")
