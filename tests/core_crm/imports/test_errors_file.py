"""The file of refused rows, as an official opens it in Excel and sends it again."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.imports.services import ErrorFile, RowIds, guard, table_read, unguard

SENT = "번호,내용\n1,=HYPERLINK(A1)\n2,괜찮음\n3,가,나\n"


def refused(data: bytes, reason: str) -> ErrorFile:
    table = table_read(data)
    errors = ErrorFile(table.columns)
    for row in table.rows:
        errors.refuse(row, row.problem or reason)
    return errors


def test_refused_rows_keep_their_columns_and_gain_the_reason() -> None:
    content = refused(SENT.encode(), "제목이 없습니다").content()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["번호", "내용", "사유"]
    assert rows[2] == ["2", "괜찮음", "3번째 줄: 제목이 없습니다"]
    assert rows[3][-1] == "4번째 줄: 칸이 2개여야 하는데 3개입니다"


def test_no_cell_of_the_file_starts_a_formula() -> None:
    cells = ["=1", "+82", "-1", "@a", "\tx", "\rx", "'=1", "\uff1d1", "\n=1", "보통"]
    assert [guard(cell) for cell in cells] == [*(f"'{cell}" for cell in cells[:-1]), "보통"]


@given(st.text(alphabet="'=+-@\t\r\n\uff1d\uff0ba1", max_size=6))
def test_guarding_is_undone_by_unguarding(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert guard(cell)[:1] not in tuple("=+-@\t\r\n\uff1d\uff0b")


def test_an_error_file_taken_in_again_gives_its_rows_back_with_the_new_reason_only() -> None:
    once = refused("번호,내용\n1,=합계\n".encode(), "처음").content()
    again = refused(once, "다시").content()
    rows = list(csv.reader(io.StringIO(again.decode("utf-8-sig"), newline="")))
    assert rows == [["번호", "내용", "사유"], ["1", "'=합계", "2번째 줄: 다시"]]


@pytest.mark.parametrize("line", ['1,"열린', "\ufffd,\udcff".encode("utf-8", "replace").decode()])
def test_a_broken_row_is_kept_as_it_was_sent(line: str) -> None:
    content = refused(f"번호,내용\n{line}\n".encode(), "깨짐").content().decode("utf-8-sig")
    sent_cells = list(csv.reader(io.StringIO(content, newline="")))[1][:-1]
    assert "".join(sent_cells).replace(",", "").startswith(line.split(",")[0])


def test_rows_are_named_by_their_own_number_or_by_what_they_say() -> None:
    table = table_read("번호,내용\n17,가\n,나\n,나\n".encode())
    ids = RowIds("번호")
    first, second, third = (ids.of(row) for row in table.rows)
    assert first == "17"
    assert second.startswith("row-")
    assert third == f"{second}-2"
