"""Rows of a hot path: written soon and in order, refused where it can be answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from core_crm.common.models import IdempotencyRecord, RecordedEvent
from core_crm.customers.models import Citizen
from core_crm.staff.models import Department, SavedView
from core_crm.voices.models import Category, Voice
from tenants import sql
from tenants.context import serving_city
from tenants.errors import WrongCity
from tenants.rows import find, find_with, insert, insert_unless, is_about, update
from tests.benchmarks.trips import trips_of
from tests.conftest import ServedCity, kst
from tests.support.voices import an_office

AWKWARD = "'; DROP TABLE x; -- \\ %s %% \" 한글 🙂 \n$$"


def record(key: str, answer: Any = None) -> IdempotencyRecord:
    return IdempotencyRecord(scope="rows", key=key, request_hash="h", answer=answer)


def keys() -> list[str]:
    kept = IdempotencyRecord.objects.filter(scope="rows").order_by("key")
    return list(kept.values_list("key", flat=True))


def in_a_block(*acts: Callable[[], object]) -> None:
    with transaction.atomic():
        for act in acts:
            act()


def quietly(act: Callable[[], object]) -> None:
    """As a careless handler does."""
    with suppress(IntegrityError):
        act()


def fail() -> None:
    raise ZeroDivisionError


def test_a_row_is_read_as_it_was_written(busan: ServedCity) -> None:
    mine = record(AWKWARD, answer={"text": AWKWARD, "list": [1, None, True], "none": None})
    insert(mine)
    orm = IdempotencyRecord.objects.get(id=mine.id)
    (found,) = find(IdempotencyRecord, "key = %s", [AWKWARD])
    assert (found.key, found.answer, found.created_at) == (orm.key, orm.answer, orm.created_at)
    assert (orm.key, orm.answer) == (AWKWARD, mine.answer)
    assert found.created_at is not None  # what the database fills in


VALUES = ["", "a'b", -1, 0, 1, True, False, uuid4(), kst("2026-11-24 09:30"), None, 1.5]


@pytest.mark.parametrize("value", [*VALUES, date(2026, 11, 24), ["가나", "ab"], [], AWKWARD])
def test_the_quoting_past_the_driver_says_what_the_driver_says(
    busan: ServedCity, value: object
) -> None:
    ask = "SELECT set_config('test.said', coalesce(quote_nullable(%s), 'NULL'), true)"
    said = []
    for run in (sql.owe, sql.execute):
        run(ask, [value])
        said += sql.tuples("SELECT current_setting('test.said')")
    assert said[0] == said[1]


def test_a_text_with_a_nul_is_refused_and_not_cut_short(busan: ServedCity) -> None:
    with pytest.raises((DatabaseError, ValueError)):
        insert(record("before\0after"))


def test_rows_leave_in_order_with_the_next_statement(two_cities: tuple[str, str]) -> None:
    seen: list[list[str]] = []

    def act() -> None:
        with serving_city("busan"), transaction.atomic():
            insert(record("a"), record("b"))
            mine = record("c")
            insert(mine)
            update(mine, "answer")
            seen.append(keys())

    trips = trips_of(act)
    assert seen == [["a", "b", "c"]]
    assert trips.round_trips == 2  # BEGIN, two INSERTs, UPDATE and the question; COMMIT
    with serving_city("busan"):
        assert keys() == ["a", "b", "c"]


def test_rows_nobody_asks_for_leave_with_the_commit(two_cities: tuple[str, str]) -> None:
    def act() -> None:
        with serving_city("busan"), transaction.atomic():
            insert(record("a"))
            with transaction.atomic():
                pass  # says nothing to the server

    assert trips_of(act).round_trips == 1
    with serving_city("busan"):
        assert keys() == ["a"]


def test_a_transaction_in_which_nothing_was_asked_says_nothing(two_cities: object) -> None:
    def act() -> None:
        with serving_city("busan"), transaction.atomic(), transaction.atomic():
            pass

    assert trips_of(act).round_trips == 0


def test_outside_a_transaction_a_row_is_written_at_once(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        insert(record("a"))
        with pytest.raises(IntegrityError):
            insert(record("a"))
        assert keys() == ["a"]


def test_what_is_rolled_back_was_never_written(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        with transaction.atomic():
            insert(record("a"))
            transaction.set_rollback(True)
        assert keys() == []


def test_an_inner_block_takes_its_own_rows_back_and_leaves_the_others(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        with transaction.atomic():
            insert(record("outer"))
            with pytest.raises(ZeroDivisionError):
                in_a_block(lambda: insert(record("unsent")), fail)
            with pytest.raises(ZeroDivisionError):
                in_a_block(lambda: insert(record("sent")), keys, fail)
            with transaction.atomic():
                insert(record("kept"))
        assert keys() == ["kept", "outer"]


def test_a_refusal_comes_at_the_end_of_the_inner_block_and_can_be_answered(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        insert(record("taken"))
        with transaction.atomic():
            insert(record("before"))
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                insert(record("taken"))
            assert not is_about(refused.value, Voice, "ref")
            insert(record("after"))
        assert keys() == ["after", "before", "taken"]


def test_a_refusal_at_the_commit_takes_everything_back(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        insert(record("taken"))
        with pytest.raises(IntegrityError):
            in_a_block(lambda: insert(record("other")), lambda: insert(record("taken")))
        assert keys() == ["taken"]


def test_whose_unique_value_was_taken_is_known(busan: ServedCity) -> None:
    values = {"label_ko": "도로", "petition_class": "other"}
    Category.objects.create(code="road", **values)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        insert(Category(code="road", **values))
    assert is_about(refused.value, Category, "code")
    assert not is_about(refused.value, Voice, "ref")


def test_a_row_is_written_unless_one_is_known(busan: ServedCity) -> None:
    for name in ("first", "second"):
        one = Citizen(name=name, phone="+821000001234", created_at=kst("2026-11-24 09:00"))
        insert_unless(one, "phone = %s", ["+821000001234"])
    assert [one.name for one in find(Citizen, "phone = %s", ["+821000001234"])] == ["first"]


def test_after_a_statement_that_cannot_be_read_nothing_runs_outside_the_transaction(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        with transaction.atomic():
            with suppress(DatabaseError):
                sql.execute("THIS IS NO SQL")  # not even its BEGIN was carried out
            insert(record("a"))
            assert keys() == ["a"]
            transaction.set_rollback(True)
        assert keys() == []


def test_what_was_owed_before_a_text_that_is_no_sql_stays_owed(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        with transaction.atomic():
            insert(record("a"))
            with suppress(DatabaseError):
                sql.execute("THIS IS NO SQL")
            insert(record("b"))
        assert keys() == ["a", "b"]


def test_a_row_owed_after_a_swallowed_refusal_is_not_lost_in_silence(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        insert(record("taken"))
        with pytest.raises(TransactionManagementError):
            in_a_block(
                lambda: insert(record("voice")),
                keys,
                lambda: quietly(lambda: record("taken").save(force_insert=True)),
                lambda: insert(record("trail")),
            )
        assert keys() == ["taken"]


def test_a_refusal_of_the_outer_block_is_not_swallowed_by_an_inner_one(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        insert(record("taken"))
        with pytest.raises(DatabaseError):
            in_a_block(
                lambda: insert(record("taken")),
                lambda: quietly(lambda: in_a_block(lambda: insert(record("other")))),
            )
        assert keys() == ["taken"]


def test_a_negative_number_opens_no_remark(busan: ServedCity) -> None:
    with transaction.atomic():
        sql.owe("SELECT set_config('test.said', (5 -%s)::text, true)", [-1])
        assert sql.tuples("SELECT current_setting('test.said')") == [("6",)]


def test_a_remark_at_the_end_swallows_nothing(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        with transaction.atomic():
            sql.owe("SELECT 1 -- a remark", [])
            insert(record("a"))
        assert keys() == ["a"]


@pytest.mark.parametrize("answer", ['{"a": 1}', "123", "text", 5, True, 1.5, None])
def test_a_scalar_in_json_stays_what_it_is(busan: ServedCity, answer: object) -> None:
    insert(record("k", answer))
    assert IdempotencyRecord.objects.get(key="k").answer == answer


def test_a_name_that_is_no_field_is_refused(busan: ServedCity) -> None:
    mine = record("k")
    insert(mine)
    with pytest.raises(FieldDoesNotExist):
        update(mine, "answr")


def test_which_result_comes_back_does_not_depend_on_what_was_owed(busan: ServedCity) -> None:
    assert sql.tuples("SELECT 1; SELECT 2") == [(1,)]
    insert(record("k"))
    assert sql.tuples("SELECT 1; SELECT 2") == [(1,)]


def test_a_row_of_another_city_is_refused(two_cities: tuple[str, str]) -> None:
    with serving_city("seoul"):
        mine = record("a")
        insert(mine)
    with serving_city("busan"), pytest.raises(WrongCity):
        insert(mine)


def test_an_event_of_the_other_city_is_not_found(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        insert(RecordedEvent(kind="test.here", payload={}))
    with serving_city("seoul"):
        assert find(RecordedEvent, "kind = %s", ["test.here"]) == []


def test_a_row_comes_with_what_its_keys_lead_to_in_one_statement(busan: ServedCity) -> None:
    office = an_office()
    saved = SavedView.objects.create(owner=office.head, screen="inbox", name="늦은 것")
    alone = Department.objects.create(code="alone", name_ko="홀로", kind="department")
    with CaptureQueriesContext(connection) as asked:
        (view,) = find_with(
            SavedView, ("owner", "owner__user", "owner__department"), "own.id = %s", [saved.id]
        )
        assert view.owner.user.email == office.head.user.email
        assert view.owner.department == office.head.department
        (found,) = find_with(Department, ("parent",), "own.id = %s", [alone.id])
        assert found.parent is None
    assert len(asked) == 2
    assert view == SavedView.objects.select_related("owner__user").get()
    assert find_with(SavedView, ("owner",), "own.name = %s", [AWKWARD]) == []
