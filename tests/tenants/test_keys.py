"""Caches, files and locks carry the city."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from tenants.context import serving_city
from tenants.errors import LockHeld, NoCity
from tenants.isolation.keys import city_cache, city_lock, city_storage

pytestmark = pytest.mark.usefixtures("cities")


def test_a_cached_value_of_one_city_is_absent_in_another() -> None:
    with serving_city("busan"):
        city_cache().set("greeting", "부산", timeout_seconds=60)
        assert city_cache().get("greeting") == "부산"
    with serving_city("seoul"):
        assert city_cache().get("greeting") is None


def test_counting_starts_at_one_and_goes_up() -> None:
    with serving_city("busan"):
        cache = city_cache()
        cache.delete("tries")
        assert [cache.incr("tries", timeout_seconds=60) for _ in range(3)] == [1, 2, 3]


def test_a_file_of_one_city_is_absent_in_another() -> None:
    with serving_city("busan"):
        name = city_storage().save("voice/photo.txt", ContentFile(b"harbour"))
        assert city_storage().exists(name)
    with serving_city("seoul"):
        assert not city_storage().exists(name)


def test_a_lock_is_held_once_per_city() -> None:
    with serving_city("busan"), city_lock("import", timeout_seconds=10):
        with pytest.raises(LockHeld), city_lock("import", timeout_seconds=10):
            pass
        with serving_city("seoul"), city_lock("import", timeout_seconds=10):
            pass
    with serving_city("busan"), city_lock("import", timeout_seconds=10):
        pass


@pytest.mark.parametrize(
    "make", [city_cache, city_storage, lambda: city_lock("x", timeout_seconds=1).__enter__()]
)
def test_outside_a_city_there_is_none_of_them(make: object) -> None:
    with pytest.raises(NoCity):
        make()  # type: ignore[operator]
