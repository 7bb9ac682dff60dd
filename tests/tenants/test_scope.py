"""There is no default city, and no way to slip into another one."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from tenants import sql
from tenants.accounts.models import User
from tenants.context import current_city, current_city_or_none, serving_city, serving_platform
from tenants.errors import CitySwitchInTransaction, NoCity, UnknownCity

pytestmark = pytest.mark.usefixtures("cities")


def whose() -> str:
    return str(sql.rows("SELECT current_user AS role")[0]["role"])


@pytest.mark.parametrize(
    "touch",
    [
        lambda: User.objects.count(),
        lambda: User.objects.create(email="a@b.example", name="가"),
        lambda: sql.rows("SELECT 1"),
        lambda: connection.cursor(),
        lambda: connection.ensure_connection(),
        lambda: transaction.atomic().__enter__(),
        lambda: list(User.objects.iterator()),
        lambda: current_city(),
        lambda: connection.set_schema("busan"),
        lambda: connection.set_schema_to_public(),
    ],
)
def test_outside_a_city_nothing_reaches_the_database(touch: object) -> None:
    with pytest.raises(NoCity):
        touch()  # type: ignore[operator]
    assert connection.held_role is None


def test_each_city_is_served_by_its_own_login() -> None:
    with serving_city("busan"):
        assert whose().endswith("c_busan")
        assert current_city().name_ko == "부산광역시"
    with serving_city("seoul"):
        assert whose().endswith("c_seoul")
    with serving_platform():
        assert whose().endswith("platform")


def test_leaving_a_city_gives_its_connection_back() -> None:
    with serving_city("busan"):
        whose()
        assert connection.held_role is not None
    assert connection.held_role is None
    assert current_city_or_none() is None


def test_a_nested_city_ends_where_it_began() -> None:
    with serving_city("busan"):
        with serving_city("seoul"):
            assert whose().endswith("c_seoul")
        assert whose().endswith("c_busan")


def test_switching_inside_a_transaction_is_refused() -> None:
    with serving_city("busan"), transaction.atomic():
        whose()
        with pytest.raises(CitySwitchInTransaction), serving_city("seoul"):
            pass


def test_an_unknown_city_cannot_be_served() -> None:
    with pytest.raises(UnknownCity):
        serving_city("atlantis")


def test_a_new_thread_has_no_city() -> None:
    seen: list[object] = []

    def look() -> None:
        try:
            seen.append(current_city())
        except NoCity as error:
            seen.append(error)

    with serving_city("busan"):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert isinstance(seen[0], NoCity)


def test_a_cursor_left_open_does_not_read_on_in_the_next_city() -> None:
    with serving_city("busan"):
        cursor = connection.cursor()
        cursor.execute("SELECT generate_series(1, 10)")
    with serving_city("seoul"), pytest.raises(Exception, match="closed"):
        cursor.fetchone()


def test_no_set_statement_is_sent_to_choose_a_city() -> None:
    with serving_city("busan"):
        path = sql.rows("SELECT current_setting('search_path') AS path")[0]["path"]
        source = sql.rows("SELECT source FROM pg_settings WHERE name = 'search_path'")[0]["source"]
    assert path == "busan, extensions"
    assert source == "database user"
