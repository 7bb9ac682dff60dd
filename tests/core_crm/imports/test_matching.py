"""Which column is which field: by its name, by its values, and never two for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core_crm.imports.errors import ColumnsNotMatched
from core_crm.imports.models import ImportBatch
from core_crm.imports.services import batch_look, batch_map

Opener = Callable[..., ImportBatch]


def test_names_go_before_values_and_spaces_do_not_matter(opened: Opener) -> None:
    batch = opened("성 명,연락처,언제\n김하늘,없음,1957-03-02\n이바다,,1999.1.2\n")
    told = {one.name: (one.field, one.why) for one in batch_look(batch).columns}
    assert told == {
        "성 명": ("name", "name"),
        "연락처": ("phone", "name"),
        "언제": ("born", "values"),
    }


def test_a_column_of_numbers_that_look_like_phones_is_taken_for_phones(opened: Opener) -> None:
    batch = opened("이름,값\n김하늘,010-0000-1001\n이바다,01000001002\n박온유,1000001003\n")
    assert batch_look(batch).columns[1].field == "phone"


def test_up_to_three_values_are_shown_each_once(opened: Opener) -> None:
    batch = opened("이름\n가\n가\n\n나\n다\n라\n")
    assert batch_look(batch).columns[0].samples == ("가", "나", "다")


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ({"이름": "name", "별명": "name"}, "별명"),
        ({"이름": "shoe"}, "이름"),
        ({"없는 열": "name"}, "없는 열"),
        ({"별명": "phone"}, None),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    opened: Opener, mapping: dict[str, str], named: str | None
) -> None:
    batch = opened("이름,별명\n가,나\n")
    with pytest.raises(ColumnsNotMatched) as refused:
        batch_map(batch, mapping)
    assert refused.value.facts.get("column") == named
    batch.refresh_from_db()
    assert batch.mapping == {"이름": "", "별명": ""}
