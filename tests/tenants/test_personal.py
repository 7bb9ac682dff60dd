"""Whose every column of a city is: said on the models, completely."""

from __future__ import annotations

import pytest

from tenants.personal import told
from tenants.provisioning.archive.declared import city_models, told_tables, untold


def test_every_column_that_holds_words_is_said_to_be_somebodys_or_nobodys() -> None:
    """A new column of text, JSON or a list: add it to `personal = told(…)` of its model."""
    assert untold() == []


def test_every_table_of_a_city_is_known() -> None:
    tables = {model._meta.db_table for model in city_models()}
    assert len(tables) > 40
    assert tables <= set(told_tables())


def test_what_is_most_personal_is_replaced() -> None:
    known = told_tables()
    assert dict(known["core_customers_citizen"].columns) == {
        "name": "name",
        "phone": "phone",
        "email": "email",
        "postcode": "empty",
        "address": "text",
        "address_detail": "empty",
        "terms": "empty",
    }
    assert known["core_voices_voice"].columns["body"] == "text"
    assert known["core_staff_apikey"].stays  # a key of the city must not open its copy


def test_a_kind_that_is_not_invented_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nmae"):
        told(name="nmae")  # type: ignore[arg-type]
