"""What rules may ask of voices: the database and Python choose the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db.models import Expression, F, Func, JSONField, Value

from core_crm.common.contributions import Added, RecordField
from core_crm.common.predicates import PredicateError, matches, read_predicate, to_q
from core_crm.extension_points import plugin_records, predicate_fields
from core_crm.voices.models import Voice
from core_crm.voices.selectors.predicate_source import voice_row, voice_source
from core_crm.voices.services import voice_answer
from tests.conftest import kst
from tests.support.forms import use_form
from tests.support.points import bound
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW, TODAY = kst("2026-06-29 10:00"), date(2026, 6, 29)
FIELDS = {
    "place": {"label": {"ko": "곳"}, "type": "text"},
    "people": {"label": {"ko": "사람 수"}, "type": "number"},
    "seen_on": {"label": {"ko": "본 날"}, "type": "date"},
    "is_urgent": {"label": {"ko": "급함"}, "type": "truth"},
    "kind": {
        "label": {"ko": "갈래"},
        "type": "choice",
        "choices": {"lamp": {"label": {"ko": "등"}}, "road": {"label": {"ko": "길"}}},
    },
    "harms": {
        "label": {"ko": "피해"},
        "type": "multi_choice",
        "choices": {"noise": {"label": {"ko": "소음"}}, "dust": {"label": {"ko": "먼지"}}},
    },
}
LEFT_BY_ANYBODY: list[dict[str, Any]] = [
    {},
    {"place": "", "people": 3, "seen_on": "2026-06-01", "is_urgent": True, "harms": ["noise"]},
    {"place": "우동", "people": 2.5, "seen_on": "2026-02-31", "is_urgent": False, "harms": []},
    {"place": 5, "people": "셋", "seen_on": "yesterday", "is_urgent": "yes", "harms": "noise"},
    {"place": None, "people": None, "seen_on": 20260601, "is_urgent": 1, "harms": {"noise": 1}},
    {"place": "중동", "people": True, "kind": "lamp", "harms": ["noise", "dust"]},
    {"people": 1e40, "kind": "gone", "seen_on": "2026-06-30 "},
]
RULES: list[dict[str, Any]] = [
    {"op": "eq", "field": "field.place", "value": "우동"},
    {"op": "ne", "field": "field.place", "value": "우동"},
    {"op": "isnull", "field": "field.place", "value": True},
    {"op": "ge", "field": "field.people", "value": 2.5},
    {"op": "in", "field": "field.people", "value": [3, 2.5]},
    {"not": {"op": "lt", "field": "field.people", "value": 3}},
    {"op": "within_days", "field": "field.seen_on", "value": 30},
    {"op": "isnull", "field": "field.seen_on", "value": False},
    {"op": "eq", "field": "field.is_urgent", "value": True},
    {"op": "ne", "field": "field.is_urgent", "value": True},
    {"op": "eq", "field": "field.kind", "value": "lamp"},
    {"op": "eq", "field": "field.harms.noise", "value": True},
    {"op": "eq", "field": "field.harms.dust", "value": False},
    {"op": "isnull", "field": "field.harms.dust", "value": True},
    {"op": "eq", "field": "category", "value": "road"},
    {"op": "isnull", "field": "service", "value": True},
    {"op": "eq", "field": "phase", "value": "closed"},
    {"op": "le", "field": "used_percent", "value": 50},
    {"op": "isnull", "field": "used_percent", "value": True},
    {"all": [{"op": "eq", "field": "channel", "value": "portal"}]},
]


@pytest.fixture
def voices(office: Office) -> list[Voice]:
    """One voice for each thing that may lie in the column, and one that is answered."""
    use_form(FIELDS)
    for left in LEFT_BY_ANYBODY:
        Voice.objects.filter(id=a_voice(NOW).id).update(attributes=left)
    answered = a_voice_in_work(office, NOW)
    voice_answer(answered, body="고쳤습니다.", by=office.officer, now=kst("2026-06-29 15:00"))
    return list(Voice.objects.select_related("category", "service", "department"))


@pytest.mark.parametrize("rule", RULES)
def test_the_database_and_python_choose_the_same_voices(
    voices: list[Voice], rule: dict[str, Any]
) -> None:
    source, who = voice_source(), read_predicate(rule)
    by_query = set(Voice.objects.filter(to_q(who, source, today=TODAY)))
    assert by_query == {one for one in voices if matches(who, source, voice_row(one), today=TODAY)}
    assert 0 < len(by_query) < len(voices) or rule in RULES[-1:] + RULES[14:16]


def test_a_field_that_the_city_does_not_ask_cannot_be_asked_about(office: Office) -> None:
    who = read_predicate({"op": "eq", "field": "field.place", "value": "우동"})
    with pytest.raises(PredicateError):
        to_q(who, voice_source(), today=TODAY)


class _Records:
    """Keeps one number for every voice: how long its title is."""

    def __call__(self, added: Added[RecordField], *, row: str) -> Expression:
        length = Func(F("title"), function="length")
        return Func(
            Value(added.what.name), length, function="jsonb_build_object", output_field=JSONField()
        )


@pytest.fixture
def plugin_field() -> Iterator[str]:
    """A plugin that knows a number of every voice."""
    field = RecordField(
        code="length",
        label_ko="길이",
        label_en="Length",
        source="voice",
        kind="titles",
        name="signs",
        type="number",
    )
    with bound(predicate_fields, lambda: [Added("lab", field)]), bound(plugin_records, _Records):
        yield "x.lab.length"


def test_a_plugins_record_is_asked_like_any_field(office: Office, plugin_field: str) -> None:
    short, long = a_voice(NOW, title="짧다"), a_voice(NOW, title="이 제목은 조금 더 깁니다")
    who = read_predicate({"op": "le", "field": plugin_field, "value": 2})
    source = voice_source()
    assert list(Voice.objects.filter(to_q(who, source, today=TODAY))) == [short]
    assert matches(who, source, voice_row(short), today=TODAY)
    assert not matches(who, source, voice_row(long), today=TODAY)


def test_a_draft_can_be_asked_before_it_is_saved(office: Office) -> None:
    use_form(FIELDS)
    voice = a_voice(NOW)
    voice._state.adding = True
    assert voice_row(voice)["category"] == "road"
