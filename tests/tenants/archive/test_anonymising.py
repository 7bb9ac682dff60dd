"""A row of COPY text made nobody's: what is personal is replaced, the rest stays to the letter."""

from __future__ import annotations

import pytest

from tenants.provisioning.archive.anonymising import Anonymiser
from tenants.provisioning.archive.errors import NotDeclared
from tenants.provisioning.archive.invented import Inventor

COLUMNS = ("id", "name", "phone", "email", "language")
INVENTOR = Inventor(b"one")


def changed(line: bytes) -> list[bytes]:
    change = Anonymiser(INVENTOR).change("core_customers_citizen", COLUMNS)
    assert change is not None
    return change(line).removesuffix(b"\n").split(b"\t")


def test_what_is_personal_is_replaced_and_nothing_else() -> None:
    cells = changed("7\t홍길동\t+821012345678\ta@b.example\tko\n".encode())
    assert (cells[0], cells[4]) == (b"7", b"ko")
    assert cells[1].decode() == INVENTOR.name("홍길동")
    assert cells[2].decode() == INVENTOR.phone("+821012345678")
    assert cells[3].decode() == INVENTOR.email("a@b.example")


def test_nothing_stays_nothing() -> None:
    assert changed(b"7\t\\N\t\t\\N\tko\n") == [b"7", b"\\N", b"", b"\\N", b"ko"]


def test_a_value_with_signs_of_copy_text_is_read_as_what_it_means() -> None:
    """A tab and a line's end in a text are written as \\t and \\n, a backslash twice."""
    change = Anonymiser(INVENTOR).change("core_surveys_surveyanswer", ("comment",))
    assert change is not None
    line = change("첫 줄\\n둘째\\t\\\\ 끝\n".encode())
    assert line.decode().removesuffix("\n") == INVENTOR.text("첫 줄\n둘째\t\\ 끝")
    assert line.count(b"\n") == 1


def test_a_table_about_nobody_is_left_as_it_is_and_one_that_stays_is_named() -> None:
    anonymiser = Anonymiser(INVENTOR)
    assert anonymiser.change("core_kpis_dayfact", ("id", "channel")) is None
    assert anonymiser.stays("django_session")
    assert not anonymiser.stays("core_customers_citizen")


def test_a_table_of_which_nobody_said_anything_stops_the_copy() -> None:
    with pytest.raises(NotDeclared, match="growing_tree"):
        Anonymiser(INVENTOR).stays("growing_tree")
