"""What was kept long enough is forgotten, by rule; what is younger or needed stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from core_crm.audit.models import AuditEntry
from core_crm.customers.models import Citizen, ConsentChange
from core_crm.customers.services import citizen_register, consent_set, timeline_add
from core_crm.customers.types import CitizenDraft
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.types import Channel, MessageState
from core_crm.privacy.models import RetentionRun
from core_crm.privacy.selectors import retention_lines
from core_crm.privacy.services import retention_run
from core_crm.voices.models import Voice
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity, kst
from tests.support.voices import Office, a_voice_in_work

NOW = kst("2026-11-24 10:00")


def due() -> dict[str, int | None]:
    return {one.code: one.due for one in retention_lines(now=NOW)}


def somebody(name: str, at: datetime) -> Citizen:
    return citizen_register(
        CitizenDraft(name=name, email=f"{uuid7()}@citizen.example"), by=None, now=at
    )


def test_every_rule_is_told_and_who_carries_none_out_is_not_zero(busan: ServedCity) -> None:
    counts = due()
    assert set(counts) == {
        "voices", "citizens", "messages", "surveys", "calls", "consents", "access_log",
        "acquired_lists",
    }  # fmt: skip
    assert {code for code, count in counts.items() if count is None} == {"calls", "access_log"}


def test_who_was_silent_two_years_is_forgotten_and_who_was_not_stays(busan: ServedCity) -> None:
    old = NOW - timedelta(days=800)
    silent, met, new = somebody("이침묵", old), somebody("김만남", old), somebody("박새봄", NOW)
    timeline_add(met, kind="visit", about=("occasion", uuid7()), summary="박물관", at=NOW)
    assert due()["citizens"] == 1
    assert retention_run(now=NOW)["citizens"] == 1
    states = dict(Citizen.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in (silent, met, new)] == ["erased", "active", "active"]
    assert due()["citizens"] == 0
    assert retention_run(now=NOW)["citizens"] == 0
    assert RetentionRun.objects.get(rule="citizens").forgotten == 1
    assert AuditEntry.objects.filter(action="privacy.forgotten").get().facts["rows"] == 1


def test_proofs_of_what_is_still_agreed_to_stay(busan: ServedCity) -> None:
    old, citizen = NOW - timedelta(days=1200), somebody("한동의", NOW)
    for channel, answer in (("sms", True), ("email", True), ("email", False)):
        consent_set(citizen, "marketing", channel, answer, source="consent_centre", now=old)
    assert due()["consents"] == 2
    retention_run(now=NOW)
    assert list(ConsentChange.objects.values_list("channel", flat=True)) == ["sms"]


def test_letters_lose_their_words_and_keep_that_they_went(busan: ServedCity) -> None:
    old = NOW - timedelta(days=400)
    for at, key in ((old, "old"), (NOW, "new")):
        OutgoingMessage.objects.create(
            channel=Channel.EMAIL,
            recipient="kim@citizen.example",
            template="voice_received",
            body="접수했습니다",
            about_kind="voice",
            about_id=uuid7(),
            dedup_key=key,
            state=MessageState.DELIVERED,
            not_before=at,
            created_at=at,
            sent_at=at,
        )
    assert retention_run(now=NOW)["messages"] == 1
    told = dict(OutgoingMessage.objects.values_list("dedup_key", "body"))
    assert told == {"old": "", "new": "접수했습니다"}


def test_a_closed_voice_loses_its_person_and_keeps_its_days(
    busan: ServedCity, busans_office: Office
) -> None:
    voice = a_voice_in_work(busans_office, NOW)
    ended = NOW + timedelta(days=1)
    closing = {"closed_at": ended, "answered_at": ended, "outcome": "answered"}
    Voice.objects.filter(pk=voice.pk).update(**closing)
    assert retention_run(now=ended + timedelta(days=1))["voices"] == 0
    assert retention_run(now=ended + timedelta(days=1826))["voices"] == 1
    found = Voice.objects.get(pk=voice.pk)
    assert (found.body, found.search_terms, found.citizen.name) == ("", [], "")
    assert (found.closed_at, found.category_id) == (ended, voice.category_id)
    assert not found.entries.exclude(body="").exists()


def test_who_has_an_open_voice_is_not_forgotten(busan: ServedCity, busans_office: Office) -> None:
    voice = a_voice_in_work(busans_office, NOW)
    retention_run(now=NOW + timedelta(days=2000))
    assert Citizen.objects.get(pk=voice.citizen_id).state == "active"
