"""Excel files as offices send them, read as tables."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from core_crm.imports.errors import TableTooLarge, TableUnreadable
from core_crm.imports.services import upload_read, workbooks


def book(*rows: list[Any]) -> bytes:
    made = Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_a_title_above_the_header_and_empty_lines_are_no_rows() -> None:
    title, header = ["부산광역시 조직 현황"], ["코드", "이름"]
    table = upload_read(book(title, [], header, ["a", "가"], [], ["b", "나"]))
    assert table.columns == ("코드", "이름")
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("a", "가")), (6, ("b", "나"))]


def test_values_are_as_people_see_them() -> None:
    at = datetime.fromisoformat("2026-11-25 09:30")
    given = [3.0, 2.5, date(2026, 11, 25), at, True, None, " 가 "]
    table = upload_read(book([f"열{place}" for place in range(7)], given))
    (row,) = table.rows
    assert row.cells == ("3", "2.5", "2026-11-25", "2026-11-25 09:30:00", "True", "", "가")


def test_a_value_beside_the_columns_is_a_problem() -> None:
    (row,) = upload_read(book(["코드", "이름"], ["a", "가", "남음"])).rows
    assert "열 이름이 없는 칸" in row.problem


def test_formulas_are_never_run_and_no_table_is_told() -> None:
    (row,) = upload_read(book(["코드", "이름"], ["a", "=1+1"])).rows
    assert row.cells == ("a", "")  # what the file remembers of its result: nothing
    for data in (book(), book(["하나"], ["둘"]), b"PK\x03\x04 torn"):
        with pytest.raises(TableUnreadable):
            upload_read(data)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(TableTooLarge):
        upload_read(file.getvalue())


def test_whatever_is_no_excel_file_is_read_as_csv() -> None:
    assert upload_read("코드,이름\na,가\n".encode("cp949")).encoding == "cp949"
