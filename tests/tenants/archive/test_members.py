"""Members of an archive: streamed in and out, and the file has its name only when it is whole."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path
from typing import Any

import pyrage
import pytest
from pyrage import x25519

from tenants.provisioning.archive.errors import ArchiveThere, ArchiveTorn
from tenants.provisioning.archive.keys import demo_key_path, recipients
from tenants.provisioning.archive.members import reading, writing
from tests.tenants.archive.test_crypt import _keys

__all__ = ["_keys"]
BIG = bytes(range(256)) * 20_000


def write(path: Path) -> None:
    with writing(path, at=1_800_000_000) as out:
        out.add_json("head.json", {"이름": "부산"})
        out.add("data/one", BIG)
        out.add_from("files/two", io.BytesIO(b"two"), size=3)


def test_members_come_back_in_order(tmp_path: Path) -> None:
    write(tmp_path / "a")
    with reading(tmp_path / "a") as members:
        found = [(member.name, b"".join(member.pieces())) for member in members]
    assert [name for name, _ in found] == ["head.json", "data/one", "files/two"]
    assert found[1][1] == BIG
    assert found[2][1] == b"two"


def test_age_gzip_and_tar_open_it_without_us(tmp_path: Path) -> None:
    write(tmp_path / "a")
    identity = x25519.Identity.from_str(demo_key_path().read_text().strip())
    plain = gzip.decompress(pyrage.decrypt((tmp_path / "a").read_bytes(), [identity]))
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        assert tar.getnames() == ["head.json", "data/one", "files/two"]


def test_a_member_may_be_left_unread(tmp_path: Path) -> None:
    write(tmp_path / "a")
    with reading(tmp_path / "a") as members:
        assert [member.name for member in members][-1] == "files/two"


def test_who_fails_in_the_middle_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="end of data"), writing(tmp_path / "a", at=0) as out:
        out.add_from("files/short", io.BytesIO(b"two"), size=30)
    assert list(tmp_path.glob("a*")) == []


def test_a_part_that_a_kill_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "a.part").write_bytes(b"half")
    write(tmp_path / "a")
    with reading(tmp_path / "a") as members:
        assert len(list(members)) == 3


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(ArchiveThere, match="덮어쓰지"):
        write(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"mine"


@pytest.mark.parametrize("inside", [b"", b"no gzip", gzip.compress(b"no tar" * 500, mtime=0)])
def test_rightly_encrypted_rubbish_is_torn(tmp_path: Path, inside: bytes, settings: Any) -> None:
    (tmp_path / "a").write_bytes(pyrage.encrypt(inside, recipients()))
    with pytest.raises(ArchiveTorn), reading(tmp_path / "a") as members:
        list(members)
