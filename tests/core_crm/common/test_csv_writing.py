"""One record of a CSV file, as a spreadsheet opens it."""

from __future__ import annotations

import csv
import io

import pytest

from core_crm.common.csv_writing import csv_line


@pytest.mark.parametrize("number", ["-3.25", "0", "1792", "-0.5"])
def test_a_number_below_zero_stays_a_number_where_figures_are_written(number: str) -> None:
    assert csv_line([number], has_numbers=True) == f"{number}\r\n"


@pytest.mark.parametrize("cell", ["-3.25", "-1+2", "=1", "-٣", "-1\n", "+82", "--1"])
def test_whatever_could_be_a_formula_is_text_elsewhere(cell: str) -> None:
    (read,) = next(csv.reader(io.StringIO(csv_line([cell]), newline="")))
    assert read == f"'{cell}"


@pytest.mark.parametrize("cell", ["-1+2", "=1", "-٣", "-1\n", "+82", "--1", "-.5"])
def test_only_plain_numbers_are_let_through(cell: str) -> None:
    assert csv_line([cell], has_numbers=True) == csv_line([cell])
