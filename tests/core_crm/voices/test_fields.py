"""Custom fields of voices: taken in by every road, refused by field, found by their words."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core_crm.audit.models import AuditEntry
from core_crm.common.custom_fields import may_be_asked
from core_crm.voices.errors import FieldsNotValid
from core_crm.voices.models import Voice
from core_crm.voices.selectors import inbox
from core_crm.voices.selectors.fields import asking_of, voice_form
from core_crm.voices.services import indexing, voice_withdraw
from core_crm.voices.services.forgetting import fields_forget
from core_crm.voices.services.indexing import fields_index, fields_index_slice
from core_crm.voices.types import InboxFilters
from tenants.isolation.fair import Slice
from tests.conftest import kst
from tests.support.forms import use_form
from tests.support.voices import Office, a_voice

NOW = kst("2026-06-29 10:00")
LAMP: dict[str, Any] = {
    "lamp_no": {"label": {"ko": "가로등 번호"}, "type": "text", "searchable": True, "sort": 10},
    "count": {"label": {"ko": "몇 개"}, "type": "number", "sort": 20, "searchable": True},
    "since": {"label": {"ko": "언제부터"}, "type": "date", "sort": 30},
    "kind": {
        "label": {"ko": "갈래"},
        "type": "choice",
        "choices": {"lamp": {"label": {"ko": "가로등"}}, "road": {"label": {"ko": "길"}}},
        "required_for_categories": ["road"],
        "sort": 5,
    },
    "which_road": {
        "label": {"ko": "길 이름"},
        "type": "text",
        "required": True,
        "shown_when": {"op": "eq", "field": "field.kind", "value": "road"},
        "sort": 40,
    },
    "helper": {
        "label": {"ko": "도와준 사람"},
        "type": "text",
        "personal_data": "personal",
        "mask": "name",
        "sort": 50,
    },
}


def errors_of(**given: Any) -> dict[str, str]:
    with pytest.raises(FieldsNotValid) as refused:
        a_voice(NOW, attributes=given)
    return {
        name.removeprefix("attributes."): str(text)
        for name, text in refused.value.facts["fields"].items()
    }


def test_values_are_kept_in_their_types(office: Office) -> None:
    use_form(LAMP)
    given = {"kind": "가로등", "lamp_no": " 가-12 ", "count": "1,200.5", "since": "2026. 6. 1."}
    voice = a_voice(NOW, attributes=given)
    assert voice.attributes == {
        "kind": "lamp",
        "lamp_no": "가-12",
        "count": 1200.5,
        "since": "2026-06-01",
    }


def test_each_wrong_value_is_named_with_what_would_be_right(office: Office) -> None:
    use_form(LAMP)
    found = errors_of(kind="lmap", count="셋", since="2026-02-30", lamp="1", helper=["x"])
    assert set(found) == {"kind", "count", "since", "lamp", "helper"}
    assert "‘lamp’" in found["kind"]
    assert "‘lamp_no’" in found["lamp"]


def test_a_field_is_demanded_by_its_category_or_by_an_answer_before_it(office: Office) -> None:
    use_form(LAMP)
    assert set(errors_of()) == {"kind"}
    assert set(errors_of(kind="road")) == {"which_road"}
    assert a_voice(NOW, category="tax").attributes == {}


def test_what_is_not_asked_here_is_not_kept(office: Office) -> None:
    use_form(LAMP)
    assert a_voice(NOW, attributes={"kind": "lamp", "which_road": "중앙로"}).attributes == {
        "kind": "lamp"
    }


def test_a_city_without_fields_knows_none(office: Office) -> None:
    assert set(errors_of(lamp_no="1")) == {"lamp_no"}


def test_a_retired_field_is_asked_no_more_and_its_values_stay(office: Office) -> None:
    use_form(LAMP)
    voice = a_voice(NOW, attributes={"kind": "lamp", "lamp_no": "가-12"})
    use_form(LAMP | {"lamp_no": {**LAMP["lamp_no"], "retired": True}})
    assert set(errors_of(kind="lamp", lamp_no="가-13")) == {"lamp_no"}
    assert Voice.objects.get(pk=voice.pk).attributes["lamp_no"] == "가-12"


def test_a_program_is_not_told_of_what_is_not_for_programs(office: Office) -> None:
    use_form({"note": {"label": {"ko": "메모"}, "type": "text", "required": True, "in_api": False}})
    assert a_voice(NOW, by_program=True).attributes == {}
    with pytest.raises(FieldsNotValid):
        a_voice(NOW, by_program=True, attributes={"note": "x"})
    with pytest.raises(FieldsNotValid):
        a_voice(NOW)


def test_an_old_record_may_lack_what_is_asked_today_but_not_lie(office: Office) -> None:
    use_form(LAMP)
    old = a_voice(NOW, channel="import", attributes={"count": "3", "득표": "7"})
    assert old.attributes == {"count": 3, "득표": "7"}
    with pytest.raises(FieldsNotValid):
        a_voice(NOW, channel="import", attributes={"count": "셋"})


def found(office: Office, text: str) -> list[str]:
    page = inbox(office.agent, view="all", text=text, now=NOW)
    return [row.ref for row in page.items]


def test_a_searchable_field_is_searched_and_a_personal_one_is_not(office: Office) -> None:
    use_form(LAMP)
    given = {"kind": "lamp", "lamp_no": "하늘가-12", "count": 9876, "helper": "독고탁"}
    voice = a_voice(NOW, attributes=given)
    a_voice(NOW, attributes={"kind": "lamp", "lamp_no": "바다-13"})
    assert found(office, "하늘가") == [voice.ref]
    assert found(office, "9876") == [voice.ref]
    assert found(office, "독고탁") == []


LISTED = LAMP | {
    "kind": {**LAMP["kind"], "in_inbox": True, "required_for_categories": []},
    "helper": {**LAMP["helper"], "in_inbox": True},
}


def test_a_list_shows_its_fields_masked_and_is_narrowed_by_them(office: Office) -> None:
    use_form(LISTED)
    lamp = a_voice(NOW, attributes={"kind": "lamp", "lamp_no": "가-12", "helper": "독고탁"})
    a_voice(NOW, attributes={"kind": "road", "which_road": "중앙로"})
    a_voice(NOW)
    filters = InboxFilters(fields={"kind": "lamp"})
    (row,) = inbox(office.agent, view="all", filters=filters, now=NOW).items
    assert (row.ref, [(one.label, one.text) for one in row.fields]) == (
        lamp.ref,
        [("갈래", "가로등"), ("도와준 사람", "독*탁")],
    )


def test_a_condition_that_is_none_narrows_nothing(office: Office) -> None:
    use_form(LISTED)
    a_voice(NOW, attributes={"kind": "lamp"})
    for nonsense in ({"kind": "moon"}, {"nothing": "lamp"}, {"count": "셋"}, {"helper": "독고탁"}):
        filters = InboxFilters(fields=nonsense)
        assert len(inbox(office.agent, view="all", filters=filters, now=NOW).items) == 1


def test_the_condition_is_asked_of_the_index(office: Office) -> None:
    use_form(LISTED)
    with CaptureQueriesContext(connection) as caught:
        inbox(office.agent, view="all", filters=InboxFilters(fields={"kind": "lamp"}), now=NOW)
    asked = caught.captured_queries[-1]["sql"]
    assert '"attributes" @> ' in asked
    assert "NOT (" in asked  # as the index's own condition says it


def test_no_field_in_the_list_reads_no_column_of_them(office: Office) -> None:
    use_form(LAMP)
    with CaptureQueriesContext(connection) as caught:
        inbox(office.agent, view="all", now=NOW)
    assert '"attributes"' not in caught.captured_queries[-1]["sql"]


def test_a_value_is_forgotten_some_days_after_closing_and_the_audit_says_which(
    office: Office,
) -> None:
    use_form(LAMP | {"helper": {**LAMP["helper"], "retention_days": 30}})
    given = {"kind": "lamp", "helper": "독고탁"}
    closed, running = a_voice(NOW, attributes=given), a_voice(NOW, attributes=given)
    voice_withdraw(closed, now=NOW)
    assert fields_forget(now=NOW + timedelta(days=30)) == 0
    assert fields_forget(now=NOW + timedelta(days=31)) == 1
    assert fields_forget(now=NOW + timedelta(days=31)) == 0
    assert Voice.objects.get(pk=closed.pk).attributes == {"kind": "lamp"}
    assert Voice.objects.get(pk=running.pk).attributes == given
    noted = AuditEntry.objects.get(action="voice.field_forgotten")
    assert (noted.facts["field"], noted.facts["refs"]) == ("helper", closed.ref)
    assert "독고탁" not in str(noted.facts)


def test_a_forgotten_word_is_found_no_more(office: Office) -> None:
    use_form(LAMP | {"lamp_no": {**LAMP["lamp_no"], "retention_days": 1}})
    voice = a_voice(NOW, attributes={"kind": "lamp", "lamp_no": "하늘가"})
    voice_withdraw(voice, now=NOW)
    assert found(office, "하늘가") == [voice.ref]
    fields_forget(now=NOW + timedelta(days=2))
    assert found(office, "하늘가") == []


def test_a_field_for_the_counter_alone_is_on_no_citizens_page(office: Office) -> None:
    by_hand = {"op": "in", "field": "channel", "value": ["counter", "phone"]}
    lamp = {"op": "eq", "field": "field.kind", "value": "lamp"}
    use_form(
        {
            "kind": LAMP["kind"],
            "source": {"label": {"ko": "출처"}, "type": "text", "sort": 9, "shown_when": by_hand},
            "both": {
                "label": {"ko": "둘 다"},
                "type": "text",
                "sort": 9,
                "shown_when": {"all": [by_hand, lamp]},
            },
            "either": {
                "label": {"ko": "둘 중 하나"},
                "type": "text",
                "sort": 9,
                "shown_when": {"any": [by_hand, lamp]},
            },
            "no": {
                "label": {"ko": "아님"},
                "type": "text",
                "sort": 9,
                "shown_when": {"not": by_hand},
            },
        }
    )
    form = voice_form()
    asking = asking_of(form, channel="portal", today=NOW.date())
    may = {code for code, one in form.asked() if may_be_asked(one, asking, fixed=["channel"])}
    assert may == {"kind", "either", "no"}


def test_an_older_voice_is_found_once_its_field_became_searchable(office: Office) -> None:
    use_form(LAMP | {"lamp_no": {**LAMP["lamp_no"], "searchable": False}})
    voice = a_voice(NOW, attributes={"kind": "lamp", "lamp_no": "하늘가-12"})
    assert fields_index() == 0
    use_form(LAMP)
    assert found(office, "하늘가") == []
    assert fields_index() == 1
    assert found(office, "하늘가") == [voice.ref]
    assert fields_index() == 0


def test_older_voices_become_found_slice_by_slice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_form(LAMP | {"lamp_no": {**LAMP["lamp_no"], "searchable": False}})
    voices = [
        a_voice(NOW, attributes={"kind": "lamp", "lamp_no": f"하늘가-{number}"})
        for number in range(3)
    ]
    use_form(LAMP)
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    monkeypatch.setattr(indexing, "Slice", partial(Slice, 0.0))  # time for one piece only
    count, after = fields_index_slice()
    assert (count, after) == (2, voices[1].pk)
    assert fields_index_slice(after) == (1, None)
    assert len(found(office, "하늘가")) == 3


def test_a_further_column_with_a_backslash_in_it_is_kept_to_the_letter(office: Office) -> None:
    given = {"path": "C:\\u0000", "more": ["a\x00b", {"half": "x\ud800"}]}
    voice = a_voice(NOW, attributes=given, channel="import")
    voice.refresh_from_db()
    assert voice.attributes == {"path": "C:\\u0000", "more": ["ab", {"half": "x"}]}
