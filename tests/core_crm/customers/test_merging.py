"""Two citizens who are one: what stays, what is lent, and how it is undone to the last value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core_crm.audit.models import AuditEntry
from core_crm.audit.types import Actor
from core_crm.customers.errors import MergeNotPossible
from core_crm.customers.models import Citizen, Consent, ConsentChange, ContactPoint, DuplicatePair
from core_crm.customers.selectors import (
    citizen_search,
    consents_of,
    draft_of,
    has_consent,
    merge_preview,
    own_ids,
    timeline_page,
)
from core_crm.customers.services import (
    citizen_change,
    citizen_register,
    citizens_merge,
    consent_set,
    merge_undo,
    merges_forget,
    pair_dismiss,
    pair_open,
    timeline_add,
)
from core_crm.customers.types import CitizenDraft, PairState
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity, kst

NOW, TODAY = kst("2026-11-24 10:00"), date(2026, 11, 24)
STEWARD = Actor(id=uuid7(), name="박정비")
DAY, NIGHT = "marketing", "marketing_night"
OLD = CitizenDraft(name="김하늘", phone="010-0000-4211", needs=("large_print",))
NEW = CitizenDraft(
    name="김하늘",
    phone="010-0000-9999",
    email="sky@citizen.example",
    address="부산광역시 해운대구 센텀중앙로 97",
    birth_on=date(1984, 2, 29),
    needs=("sign_language",),
)
COLUMNS = [field.attname for field in Citizen._meta.concrete_fields]


def two(**changes: Any) -> tuple[Citizen, Citizen]:
    first = citizen_register(OLD, by=None, now=NOW)
    return first, citizen_register(replace(NEW, **changes), by=None, now=NOW)


def merge(one: Citizen, other: Citizen, **chosen: str) -> Any:
    return citizens_merge(one, other, chosen=chosen, reason="같은 사람", by=STEWARD, now=NOW)


def state() -> dict[str, Any]:
    """Everything a merge touches, but for the proofs, which are never taken back."""
    consents = Consent.objects.order_by("id")
    pairs = DuplicatePair.objects.order_by("id")
    return {
        "citizens": list(Citizen.objects.order_by("id").values(*COLUMNS)),
        "contacts": list(ContactPoint.objects.order_by("id").values()),
        "consents": list(consents.values("citizen_id", "purpose", "channel", "is_given", "since")),
        "pairs": list(pairs.values()),
    }


def test_who_stays_takes_over_what_only_the_other_knew(busan: ServedCity) -> None:
    old, new = two()
    merge(old, new)
    old.refresh_from_db()
    assert (old.phone, old.email, old.birth_on) == ("+821000004211", NEW.email, NEW.birth_on)
    assert (old.district_code, old.needs) == ("2635000000", ["large_print", "sign_language"])


def test_each_field_may_be_chosen_and_the_other_contact_goes_on(busan: ServedCity) -> None:
    old, new = two()
    merge(old, new, phone="right", needs="left")
    old.refresh_from_db()
    assert (old.phone, old.needs) == ("+821000009999", ["large_print"])
    assert ContactPoint.objects.get(citizen=old).value == "+821000004211"
    assert citizen_search("010-0000-4211") == citizen_search("01000009999") == [old]


def test_histories_are_read_together_and_apart_again(busan: ServedCity) -> None:
    old, new = two()
    for one in (old, new):
        timeline_add(one, kind="note", about=("note", uuid7()), summary="의견", at=NOW)
    done = merge(old, new)
    assert len(timeline_page(own_ids(old)).entries) == 2
    merge_undo(done, by=STEWARD, now=NOW)
    assert len(timeline_page(own_ids(old)).entries) == 1
    assert len(timeline_page(own_ids(new)).entries) == 1


def test_who_said_no_once_said_no(busan: ServedCity) -> None:
    old, new = two()
    consent_set(old, DAY, "sms", True, source="consent_centre", now=NOW)
    consent_set(new, DAY, "sms", False, source="consent_centre", now=NOW)
    consent_set(new, "survey", "email", True, source="consent_centre", now=NOW)
    digest = Consent.objects.get(purpose="survey").text_digest
    merge(old, new)
    given = {(one.purpose, one.channel): one.is_given for one in consents_of(old)}
    assert given == {(DAY, "sms"): False, ("survey", "email"): True}
    assert Consent.objects.get(citizen=old, purpose="survey").text_digest == digest
    assert ConsentChange.objects.filter(citizen=old, source="merge").count() == 2


def test_a_yes_by_night_is_not_taken_over_by_who_refused_the_day(busan: ServedCity) -> None:
    old, new = two()
    consent_set(old, DAY, "sms", False, source="consent_centre", now=NOW)
    for purpose in (DAY, NIGHT):
        consent_set(new, purpose, "sms", True, source="consent_centre", now=NOW)
    shown = merge_preview(old, new)
    merge(old, new)
    assert not has_consent(old.id, NIGHT, "sms", today=TODAY)
    assert {one.purpose: one.result for one in shown.consents} == {DAY: False, NIGHT: False}


def test_what_was_changed_after_the_merge_stays_changed(busan: ServedCity) -> None:
    old, new = two()
    done = merge(old, new)
    old.refresh_from_db()
    draft = replace(draft_of(old), email="later@citizen.example")
    citizen_change(old, draft, by=STEWARD, now=NOW + timedelta(days=1))
    merge_undo(done, by=STEWARD, now=NOW + timedelta(days=2))
    old.refresh_from_db()
    assert (old.email, old.birth_on, old.address) == ("later@citizen.example", None, "")
    assert citizen_search("센텀중앙로 97") == [new]


def test_a_merge_ends_the_pair_and_leads_the_others_along(busan: ServedCity) -> None:
    old, new = two()
    third = citizen_register(replace(OLD, phone="01000007777"), by=None, now=NOW)
    fourth = citizen_register(replace(OLD, phone="01000006666"), by=None, now=NOW)
    pair_open(old, new, by=STEWARD, now=NOW)
    pair_open(new, third, by=STEWARD, now=NOW)
    pair_dismiss(pair_open(new, fourth, by=STEWARD, now=NOW), by=STEWARD, now=NOW)
    merge(old, new)
    states = {
        frozenset((pair.left_id, pair.right_id)): pair.state for pair in DuplicatePair.objects.all()
    }
    assert states == {
        frozenset((old.pk, new.pk)): PairState.MERGED,
        frozenset((new.pk, third.pk)): PairState.MERGED,
        frozenset((old.pk, third.pk)): PairState.OPEN,
        frozenset((new.pk, fourth.pk)): PairState.DISMISSED,
        frozenset((old.pk, fourth.pk)): PairState.DISMISSED,
    }


def test_whom_an_official_tells_of_is_compared_like_any_other(busan: ServedCity) -> None:
    pair = pair_open(*two(), by=STEWARD, now=NOW)
    codes = {one["code"] for one in pair.evidence}
    assert {"by_hand", "name_same", "phone_other"} <= codes
    assert pair_open(pair.right, pair.left, by=STEWARD, now=NOW) == pair


def test_a_chain_leads_to_its_end_in_one_step_and_is_undone_backwards(busan: ServedCity) -> None:
    old, new = two()
    last = citizen_register(replace(OLD, phone="01000007777"), by=None, now=NOW)
    first_merge, second_merge = merge(new, old), None
    before = state()
    second_merge = merge(last, new)
    old.refresh_from_db()
    assert old.merged_into_id == last.pk
    assert set(own_ids(last)) == {old.pk, new.pk, last.pk}
    with pytest.raises(MergeNotPossible):
        merge_undo(first_merge, by=STEWARD, now=NOW)
    merge_undo(second_merge, by=STEWARD, now=NOW)
    assert state() == before
    merge_undo(first_merge, by=STEWARD, now=NOW)
    assert set(Citizen.objects.values_list("state", flat=True)) == {"active"}


def test_nobody_is_merged_twice_with_themselves_or_into_a_third(busan: ServedCity) -> None:
    old, new = two()
    citizen_register(replace(OLD, email=NEW.email), by=None, now=NOW)
    for one, other in ((old, old), (old, new)):  # old with new's address is the third
        with pytest.raises(MergeNotPossible), transaction.atomic():
            merge(one, other)
    merge(new, old)
    with pytest.raises(MergeNotPossible):
        merge(new, old)


def test_after_thirty_days_it_is_for_good_and_what_was_before_is_gone(busan: ServedCity) -> None:
    done = merge(*two())
    late = NOW + timedelta(days=30)
    assert merges_forget(now=late - timedelta(seconds=1)) == 0
    with pytest.raises(MergeNotPossible):
        merge_undo(done, by=STEWARD, now=late)
    assert merges_forget(now=late) == 1
    done.refresh_from_db()
    assert done.before == {}
    assert merges_forget(now=late) == 0


def test_the_audit_names_who_and_which_fields_but_no_value(busan: ServedCity) -> None:
    old, new = two()
    done = merge(old, new)
    merge_undo(done, by=STEWARD, now=NOW)
    merged, undone = AuditEntry.objects.filter(action__startswith="customer.merge").order_by("id")
    assert merged.facts["alias"] == undone.facts["alias"] == str(new.pk)
    assert "birth_on" in merged.facts["fields"]
    assert NEW.email not in str(merged.facts)


answers = st.dictionaries(
    st.sampled_from([(p, c) for p in ("survey", DAY, NIGHT) for c in ("sms", "email")]),
    st.booleans(),
    max_size=4,
)
people = st.builds(
    CitizenDraft,
    name=st.sampled_from(["김하늘", "이바다", "박 산"]),
    phone=st.sampled_from(["", "01000004211", "01000009999", "051-000-1234"]),
    email=st.sampled_from(["", "a@citizen.example", "b@citizen.example"]),
    birth_on=st.sampled_from([None, date(1984, 2, 29), date(2001, 1, 1)]),
    sex=st.sampled_from(["", "F", "M"]),
    address=st.sampled_from(
        ["", "부산광역시 해운대구 센텀중앙로 97", "부산광역시 중구 중앙대로 1"]
    ),
    needs=st.sampled_from([(), ("large_print",), ("sign_language", "large_print")]),
)
choices = st.dictionaries(
    st.sampled_from(["name", "phone", "email", "birth_on", "address", "needs"]),
    st.sampled_from(["left", "right"]),
)


@contextmanager
def example() -> Iterator[None]:
    """Nothing of an example stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def somebody(draft: CitizenDraft, said: dict[tuple[str, str], bool]) -> Citizen:
    citizen = citizen_register(draft, by=None, now=NOW)
    for (purpose, channel), is_given in sorted(said.items()):
        if purpose == NIGHT and is_given and not said.get((DAY, channel)):
            continue  # cannot be said
        consent_set(citizen, purpose, channel, is_given, source="consent_centre", now=NOW)
    return citizen


SHORT = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SHORT
@given(people, people, answers, answers, choices)
def test_a_merge_undone_never_was(
    busan: ServedCity, left: Any, right: Any, said: Any, heard: Any, chosen: Any
) -> None:
    if (left.name, left.phone, left.email) == (right.name, right.phone, right.email):
        right = replace(right, name="김하늘이")
    with example():
        one, other = somebody(left, said), somebody(right, heard)
        pair_open(one, other, by=STEWARD, now=NOW)
        before = state()
        done = merge(one, other, **chosen)
        assert state() != before
        merge_undo(done, by=STEWARD, now=NOW + timedelta(days=29))
        assert state() == before


@SHORT
@given(answers, answers)
def test_consents_come_out_the_same_whoever_stays(busan: ServedCity, said: Any, heard: Any) -> None:
    results = []
    for first, second in ((said, heard), (heard, said)):
        with example():
            one = somebody(OLD, first)
            other = somebody(NEW, second)
            shown = {(c.purpose, c.channel): c.result for c in merge_preview(one, other).consents}
            merge(one, other)
            assert {(c.purpose, c.channel): c.is_given for c in consents_of(one)} == shown
            results.append(shown)
    assert results[0] == results[1]
