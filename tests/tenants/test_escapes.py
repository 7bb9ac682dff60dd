"""What a city's login may do, if a bug or injected SQL tries: nothing beyond its own schema."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from tenants.context import serving_city, serving_platform
from tests.probes.escapes import ATTEMPTS, all_attempts

pytestmark = pytest.mark.usefixtures("cities")


def test_a_citys_login_gets_out_by_no_attempt() -> None:
    with serving_city("busan"):
        found = all_attempts(own="busan", other="seoul")
    assert [one.attempt for one in found if not one.is_refused] == []
    assert len(found) == len(ATTEMPTS) > 60
    for_want_of_right = [one for one in found if one.why == "no right"]
    assert len(for_want_of_right) > 0.8 * len(found), "mostly a grant, not luck"


def test_a_city_cannot_give_its_own_schema_away() -> None:
    with serving_city("busan"):
        connection.cursor().execute(
            f"GRANT USAGE ON SCHEMA busan TO {_prefix()}c_seoul"
        )  # a warning
    with serving_city("seoul"), pytest.raises(DatabaseError, match="permission denied"):
        connection.cursor().execute("TABLE busan.django_session")


def test_the_platforms_login_has_no_right_in_any_city() -> None:
    for statement in ("SELECT * FROM busan.django_session", "TABLE seoul.tenants_accounts_user"):
        with serving_platform(), pytest.raises(DatabaseError, match="permission denied"):
            connection.cursor().execute(statement)


def test_a_missing_table_is_an_error_and_never_falls_through_to_the_shared_schema() -> None:
    with serving_city("busan"), pytest.raises(DatabaseError, match="does not exist"):
        connection.cursor().execute("SELECT * FROM tenants_city")


def _prefix() -> str:
    return str(settings.CITY_POOLS["ROLE_PREFIX"])
