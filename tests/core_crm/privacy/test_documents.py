"""Consent texts and retention rules: the law's bounds stand in the models."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from core_crm.extension_points import document
from core_crm.privacy.types import ADVERTISING, ConsentText, RetentionRule, RetentionSubject


def consent(**other: Any) -> ConsentText:
    return ConsentText.model_validate({**document("consent_text", "marketing").body, **other})


def retention(code: str = "voices", **other: Any) -> RetentionRule:
    return RetentionRule.model_validate({**document("retention", code).body, **other})


def test_advertising_is_confirmed_every_two_years_at_the_latest() -> None:
    assert consent().purpose in ADVERTISING
    assert consent(asked_again_days=365).asked_again_days == 365
    for wrong in (None, 731):
        with pytest.raises(ValidationError, match="2년마다"):
            consent(asked_again_days=wrong)


@pytest.mark.parametrize("lacking", ["text", "items", "refusal", "kept_days", "basis"])
def test_the_four_things_that_must_be_told_are_there(lacking: str) -> None:
    body = document("consent_text", "survey").body
    del body[lacking]
    with pytest.raises(ValidationError, match=lacking):
        ConsentText.model_validate(body)


def test_data_is_kept_within_its_bounds() -> None:
    assert retention(keep_days=365).keep_days == 365
    for wrong in (364, 3651):
        with pytest.raises(ValidationError, match="365일 이상, 3650일 이하"):
            retention(keep_days=wrong)
    assert retention("access_log", keep_days=10_000).at_most_days is None
    with pytest.raises(ValidationError, match="730일 이상"):
        retention("access_log", keep_days=729)


def test_nothing_stays_of_what_is_deleted() -> None:
    with pytest.raises(ValidationError, match="남는 것이 없습니다"):
        retention(then="delete")


def test_every_subject_has_its_rule() -> None:
    assert {retention(one).subject for one in RetentionSubject} == set(RetentionSubject)
