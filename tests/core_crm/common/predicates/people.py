"""A table of people made for the tests, a quarter of everything null, and predicates at random."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import psycopg
from django.apps.registry import Apps
from django.db import models

from core_crm.common.predicates import (
    AllOf,
    AnyOf,
    Compare,
    FieldKind,
    Not,
    Predicate,
    PredicateField,
    PredicateSource,
)

TODAY = date(2026, 11, 23)
COUNT = 3000
_HERE = Apps()  # a registry of their own: no other test meets these models

_TABLES = """
CREATE SCHEMA predicates_lab;
CREATE TABLE predicates_lab.district (id int PRIMARY KEY, dong text, people int);
CREATE TABLE predicates_lab.person (
    id int PRIMARY KEY, name varchar(80), grade text, age smallint, income numeric(14, 2),
    moved_in date, seen_at timestamptz, consent boolean,
    district_id int REFERENCES predicates_lab.district
);
GRANT USAGE ON SCHEMA predicates_lab TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA predicates_lab TO PUBLIC;
"""


class District(models.Model):
    """Where a person lives: reached over a foreign key that may be null."""

    id = models.IntegerField(primary_key=True)
    dong = models.TextField(null=True)
    people = models.IntegerField(null=True)

    class Meta:
        apps = _HERE
        app_label = "predicates_lab"
        managed = False
        db_table = '"predicates_lab"."district"'

    def __str__(self) -> str:
        return str(self.id)


class Person(models.Model):
    """One field of each kind."""

    id = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=80, null=True)
    grade = models.TextField(null=True)
    age = models.SmallIntegerField(null=True)
    income = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    moved_in = models.DateField(null=True)
    seen_at = models.DateTimeField(null=True)
    consent = models.BooleanField(null=True)
    district = models.ForeignKey(District, on_delete=models.DO_NOTHING, null=True)

    class Meta:
        apps = _HERE
        app_label = "predicates_lab"
        managed = False
        db_table = '"predicates_lab"."person"'

    def __str__(self) -> str:
        return str(self.id)


def _field(code: str, kind: FieldKind, path: str = "", choices: Sequence[str] = ()) -> Any:
    return code, PredicateField(code, kind, path or code, code, code, choices=tuple(choices))


PEOPLE = PredicateSource(
    "people",
    dict(
        (
            _field("name", FieldKind.TEXT),
            _field("grade", FieldKind.CHOICE, choices=("gold", "silver", "bronze")),
            _field("age", FieldKind.NUMBER),
            _field("income", FieldKind.NUMBER),
            _field("moved_in", FieldKind.DATE),
            _field("seen_at", FieldKind.INSTANT),
            _field("consent.sms", FieldKind.TRUTH, "consent"),
            _field("home.dong", FieldKind.TEXT, "district__dong"),
            _field("home.people", FieldKind.NUMBER, "district__people"),
        )
    ),
)

_NAMES = ["김민수", "이영희", "O'Hara", "100% _\\", "", "김민수 "]
_DONGS = ["우동", "중동", "좌동", ""]
_INCOMES = [Decimal("0.10"), Decimal("-2.50"), Decimal("1000000.00"), Decimal("2.50")]


@contextmanager
def people() -> Iterator[list[dict[str, Any]]]:
    """The table, filled by the owner and dropped again; its rows as events would bring them."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(_TABLES)
        try:
            _fill(owner, Random(5))  # noqa: S311  # the same people every time
            yield _rows()
        finally:
            owner.execute("DROP SCHEMA predicates_lab CASCADE")


def _fill(owner: psycopg.Connection[Any], random: Random) -> None:
    districts = [(number, *_district(random)) for number in range(12)]
    persons = [(number, *_person(random)) for number in range(COUNT)]
    for table, rows in (("district", districts), ("person", persons)):
        with owner.cursor().copy(f"COPY predicates_lab.{table} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)


def _district(random: Random) -> list[Any]:
    return _some_null(random, random.choice(_DONGS), random.randint(0, 60_000))


def _person(random: Random) -> list[Any]:
    seen = datetime(2026, 11, 23, 15, tzinfo=UTC) - timedelta(hours=random.randint(-50, 500))
    return _some_null(
        random,
        random.choice(_NAMES),
        random.choice(["gold", "silver", "bronze", ""]),
        random.randint(-3, 99),
        random.choice(_INCOMES),
        TODAY + timedelta(days=random.randint(-40, 20)),
        random.choice([seen, datetime(2026, 11, 22, 15, tzinfo=UTC)]),  # midnight in Seoul
        random.random() < 0.5,
        random.randrange(12),
    )


def _some_null(random: Random, *values: Any) -> list[Any]:
    return [None if random.random() < 0.25 else value for value in values]


def _rows() -> list[dict[str, Any]]:
    paths = {code: field.path for code, field in PEOPLE.fields.items()}
    return [
        {"id": row["id"], **{code: row[path] for code, path in paths.items()}}
        for row in Person.objects.values("id", *paths.values())
    ]


_NUMBERS = [0, 7, -2, 30, 65, 2.5, -2.5, 0.1, 1e-7, 10**15, -(10**15)]
_QUESTIONS: dict[str, list[tuple[str, Any]]] = {
    "name": [("eq", "김민수"), ("ne", "O'Hara"), ("in", ["100% _\\", "김민수 "])],
    "grade": [("eq", "gold"), ("ne", "silver"), ("in", ["silver", "bronze"])],
    "age": [(op, n) for op in ("eq", "ne", "lt", "le", "gt", "ge") for n in _NUMBERS]
    + [("in", [7, 2.5, 10**15]), ("in", [30, 31, 32])],
    "income": [(op, n) for op in ("eq", "ne", "lt", "le", "gt", "ge") for n in _NUMBERS]
    + [("in", [0.1, -2.5])],
    "moved_in": [
        *[("within_days", days) for days in (0, 1, 15)],
        *[("days_before", days) for days in (0, 7)],
        *[(op, "2026-11-20") for op in ("eq", "ne", "lt", "le", "gt", "ge")],
        ("in", ["2026-11-20", "2026-12-01"]),
    ],
    "seen_at": [
        *[("within_days", days) for days in (0, 1, 15)],
        *[("days_before", days) for days in (0, 1)],
        *[(op, "2026-11-23T00:00:00+09:00") for op in ("lt", "le", "gt", "ge")],
    ],
    "consent.sms": [("eq", True), ("ne", True), ("eq", False)],
    "home.dong": [("eq", "우동"), ("ne", "우동"), ("in", ["중동", "좌동"])],
    "home.people": [("lt", 30_000), ("ne", 7), ("ge", 2.5), ("eq", 10**15)],
}


def any_predicate(random: Random, depth: int = 0) -> Predicate:
    """A tree of up to five levels over every field and operation."""
    chance = random.random()
    if depth > 3 or chance < 0.45:
        return any_comparison(random)
    if chance < 0.62:
        return Not(part=any_predicate(random, depth + 1))
    parts = tuple(any_predicate(random, depth + 1) for _part in range(random.randint(1, 3)))
    return AllOf(all=parts) if chance < 0.81 else AnyOf(any=parts)


def any_comparison(random: Random) -> Predicate:
    code = random.choice(list(_QUESTIONS))
    op, value = random.choice([*_QUESTIONS[code], ("isnull", True), ("isnull", False)])
    given = {"op": op, "field": code, "value": value}
    return Compare.model_validate(given)
