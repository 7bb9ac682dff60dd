"""Which column of somebody's list is which of ours: told by its heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core_crm.staff.types import PlanKind

_BESIDE = re.compile(r"[\s·ㆍ._/*()\[\]:-]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column we read: our name, what we call it, what offices call it."""

    field: str
    label_ko: str
    others: tuple[str, ...] = ()
    is_required: bool = False


ORGANISATION = (
    Column("code", "부서코드", ("코드", "조직코드", "기관코드", "부서번호")),
    Column(
        "name_ko",
        "부서명",
        ("부서", "이름", "조직명", "기관명", "부서이름", "과명", "명칭", "name"),
        is_required=True,
    ),
    Column(
        "parent",
        "상위부서",
        (
            "상위",
            "상위조직",
            "상위부서명",
            "상위부서코드",
            "상위기관",
            "소속",
            "실국",
            "parent code",
        ),
    ),
    Column("kind", "종류", ("구분", "유형", "조직구분")),
    Column("name_en", "영문명", ("영문부서명", "영문이름", "영어이름", "영문", "english")),
    Column("phone", "전화", ("전화번호", "대표전화", "연락처")),
    Column("email", "이메일", ("메일", "전자우편", "e-mail")),
    Column("sort", "차례", ("순서", "정렬", "정렬순서", "순번")),
    Column("ends", "폐지", ("폐지여부", "종료", "끝남", "end")),
)
PEOPLE = (
    Column("email", "이메일", ("메일", "전자우편", "아이디", "e-mail", "id"), is_required=True),
    Column("name", "이름", ("성명", "직원명", "사용자명"), is_required=True),
    Column("department", "부서", ("부서명", "부서코드", "소속", "소속부서", "department code")),
    Column("position", "직위", ("직급", "직책", "직위명")),
    Column("phone", "전화", ("전화번호", "내선", "연락처", "행정전화")),
    Column("roles", "역할", ("권한", "role", "업무역할")),
)


def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a list of this kind, in the order of our template."""
    return ORGANISATION if kind == PlanKind.ORGANISATION else PEOPLE


def columns_guess(kind: str, headings: Sequence[str]) -> list[str]:
    """Our name for each heading, "" for what we do not read; the first that fits takes a name."""
    known = {
        _plain(word): column.field
        for column in columns_of(kind)
        for word in (column.field, column.label_ko, *column.others)
    }
    guessed: list[str] = []
    for heading in headings:
        field = known.get(_plain(heading), "")
        guessed.append("" if field in guessed else field)
    return guessed


def columns_missing(kind: str, fields: Sequence[str]) -> list[str]:
    """What we call the columns that a list cannot do without and this one lacks."""
    needed = [column for column in columns_of(kind) if column.is_required]
    return [column.label_ko for column in needed if column.field not in fields]


def _plain(heading: str) -> str:
    return _BESIDE.sub("", unicodedata.normalize("NFC", heading)).lower()
