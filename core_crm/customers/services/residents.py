"""Loading the residents by district, sex and age from the ministry's files (주민등록 인구통계).

The files of jumin.mois.go.kr: one line per 행정구역 with its code in brackets, one column per sex
(`2025년09월_남자 인구수`) or per sex and age (`2025년09월_여_20~29세`, `…_100세 이상`).
"""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from core_crm.common.districts import neighbourhoods
from core_crm.customers.errors import CustomerNotValid
from core_crm.customers.models import ResidentCount
from tenants.context import current_city

PLACE = re.compile(r"\((\d{10})\)")
MONTH = re.compile(r"(\d{4})년\s?(\d{1,2})월_")
SEXES = {"남": "M", "남자 인구수": "M", "여": "F", "여자 인구수": "F"}
AGES = re.compile(r"(남|여)_(\d+)(?:~(\d+))?세(\s*이상)?")
OLDEST = 200


@dataclass(frozen=True, slots=True)
class ResidentsLoad:
    """How many figures were written, of which day; lines of other governments were passed over."""

    written: int
    passed_over: int
    counted_on: date


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that counts people: at which place, of which sex, of which ages."""

    place: int
    sex: str
    age_from: int = 0
    age_to: int = OLDEST


@transaction.atomic
def residents_load(content: bytes, *, source: str) -> ResidentsLoad:
    """Take in one file; the same day's figures that stood there before are replaced.

    Raises CustomerNotValid with line and column for the first thing that cannot be read: then
    nothing is written.
    """
    lines = list(csv.reader(io.StringIO(_text(content))))
    head = lines[0] if lines else []
    columns, day = list(_columns(head)), _day(head)
    if not columns:
        raise _wrong("1행: ‘…_남자 인구수’나 ‘…_여_20~29세’ 같은 열이 없습니다.")
    ours = {one.code for one in neighbourhoods() if one.city == current_city().code}
    rows, passed = [], 0
    for number, line in enumerate(lines[1:], start=2):
        place = PLACE.search(line[0]) if line else None
        if place is None or place.group(1) not in ours:
            passed += 1
            continue
        rows += [_row(place.group(1), day, column, line, number, source) for column in columns]
    if not rows:
        raise _wrong("이 시·도의 행정구역이 한 줄도 없습니다. 받은 파일의 지역을 확인해 주세요.")
    kept = ("residents", "source")
    unique = ("on", "district_code", "sex", "age_from", "age_to")
    ResidentCount.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, update_fields=kept, unique_fields=unique
    )
    return ResidentsLoad(len(rows), passed, day)


def _text(content: bytes) -> str:
    """The ministry's files are CP949; saved anew they are UTF-8."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _wrong("글자를 읽을 수 없습니다. 행정안전부에서 받은 CSV 파일을 그대로 올려 주세요.")


def _day(head: list[str]) -> date:
    """The last day of the month that the columns name."""
    found = next(filter(None, map(MONTH.match, head)), None)
    if found is None:
        raise _wrong("1행: 열 이름에 ‘2025년09월’처럼 기준 월이 없습니다.")
    year, month = int(found.group(1)), int(found.group(2))
    if not 1 <= month <= 12:
        raise _wrong("1행: 기준 월은 1부터 12까지입니다.")
    return date(year, month, calendar.monthrange(year, month)[1])


def _columns(head: list[str]) -> Iterator[_Column]:
    for place, name in enumerate(head):
        what = MONTH.sub("", name).strip()
        if what in SEXES:
            yield _Column(place, SEXES[what])
        elif ages := AGES.fullmatch(what):
            sex, start, end, open_ended = ages.groups()
            last = OLDEST if open_ended else int(end or start)
            yield _Column(place, SEXES[sex], int(start), last)


def _row(
    code: str, day: date, column: _Column, line: list[str], number: int, source: str
) -> ResidentCount:
    given = line[column.place] if column.place < len(line) else ""
    digits = given.replace(",", "").strip()
    if not digits.isdigit():
        raise _wrong(f"{number}행 {column.place + 1}열: 사람 수가 아닙니다.")
    return ResidentCount(
        on=day,
        district_code=code,
        sex=column.sex,
        age_from=column.age_from,
        age_to=column.age_to,
        residents=int(digits),
        source=source[:120],
    )


def _wrong(message: str) -> CustomerNotValid:
    return CustomerNotValid(message, field="file")
