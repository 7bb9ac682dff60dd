"""The public board: moderated words only, a state that follows the voice, reasons that must be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core_crm.audit.models import AuditEntry
from core_crm.common.models import RecordedEvent
from core_crm.voices import errors
from core_crm.voices.models import Publication
from core_crm.voices.selectors import board_counts, board_entry, board_moments, entry_id_of
from core_crm.voices.services import (
    publication_propose,
    publication_publish,
    publication_take_back,
    voice_answer,
    voice_assign,
    voice_close_unable,
    voice_reclassify,
    voice_reopen,
    voice_transfer,
    voice_withdraw,
)
from tests.conftest import kst
from tests.support.publications import (
    REASON,
    a_done_voice,
    a_text,
    an_open_voice,
    an_unable_voice,
    published,
)
from tests.support.voices import Office, a_voice_in_work

NOW = kst("2026-11-24 10:00")
LATER = NOW + timedelta(days=2)


def kinds() -> list[str]:
    return [one.kind for one in RecordedEvent.objects.filter(kind__startswith="voices.publication")]


def acts() -> list[str]:
    found = AuditEntry.objects.filter(subject_kind="publication").order_by("at", "id")
    return [one.action for one in found]


def test_a_published_voice_is_read_by_everybody(office: Office) -> None:
    entry = published(office, a_done_voice(office, NOW), LATER, result="새 블록으로 바꾸었습니다.")
    shown = board_entry(entry.id)
    assert (shown.text.title, shown.state) == (a_text().title, "done")
    assert (shown.category_label, shown.department_name) == ("도로·보도", "도로안전과")
    assert shown.text.result == "새 블록으로 바꾸었습니다."
    assert (kinds(), acts()) == (["voices.publication_published"], ["publication.published"])


def test_without_the_citizens_agreement_nothing_is_published(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    with pytest.raises(errors.PublicationNotAgreed):
        published(office, voice, LATER)


def test_only_who_may_publish_does(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    for somebody in (office.officer, office.agent, office.stranger):
        with pytest.raises(errors.RightMissing):
            publication_publish(voice, text=a_text(), by=somebody, now=LATER)


def test_a_head_of_another_department_does_not_publish_ours(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    office.head.department = office.passport
    office.head.save()
    with pytest.raises(errors.RightMissing):
        published(office, voice, LATER)


def test_an_officer_proposes_and_a_moderator_publishes(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    proposed = publication_propose(voice, text=a_text(), by=office.officer, now=LATER)
    assert entry_id_of(voice) is None
    with pytest.raises(errors.PublicationNotFound):
        board_entry(proposed.id)
    entry = publication_publish(
        voice, text=a_text(), by=office.head, now=LATER, expected_version=proposed.version
    )
    assert entry_id_of(voice) == entry.id == proposed.id
    with pytest.raises(errors.RightMissing):
        publication_propose(voice, text=a_text(), by=office.officer, now=LATER)


def test_title_and_what_was_asked_are_never_empty(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    for part in ("title", "summary"):
        with pytest.raises(errors.TextMissing) as missing:
            published(office, voice, LATER, **{part: " \u200b "})
        assert missing.value.facts["field"] == part


def test_the_citizens_own_text_is_not_published_as_it_is(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    for copied in (voice.body, f" {voice.body}\n", f"{voice.body[:20]}…"):
        with pytest.raises(errors.OriginalNotSummarised):
            published(office, voice, LATER, summary=copied)
    assert not Publication.objects.exists()


def test_too_long_a_part_is_refused_and_not_cut(office: Office) -> None:
    with pytest.raises(errors.TextMissing):
        published(office, a_done_voice(office, NOW), LATER, title="가" * 121)


@pytest.mark.parametrize(
    "left", ["010-1234-5678로 전화", "minsu@naver.com", "900101-1234567", "김철수 어르신 댁"]
)
@pytest.mark.parametrize("part", ["title", "summary", "result", "reason", "law", "alternative"])
def test_a_certain_find_keeps_a_text_from_being_published(
    office: Office, part: str, left: str
) -> None:
    voice = a_done_voice(office, NOW)
    with pytest.raises(errors.PersonalDataInPublicText) as refused:
        published(office, voice, LATER, **{part: f"연락처는 {left} 입니다"})
    assert list(refused.value.facts["found"]) == [part]
    assert left.split()[0] not in str(refused.value.facts)
    assert not Publication.objects.exists()


def test_the_departments_own_number_is_no_secret(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    assert published(office, voice, LATER, result="문의는 051-000-1001로 해 주세요.").pk


def test_unable_without_a_reason_is_refused_by_service_and_database(office: Office) -> None:
    voice = an_unable_voice(office, NOW)
    with pytest.raises(errors.UnableNeedsReason):
        published(office, voice, LATER)
    entry = published(office, voice, LATER, reason=REASON)
    with pytest.raises(IntegrityError, match="publication_unable_has_reason"), transaction.atomic():
        Publication.objects.filter(pk=entry.pk).update(reason="")


def test_the_database_shows_nothing_that_nobody_moderated(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    entry = publication_propose(voice, text=a_text(), by=office.officer, now=LATER)
    with (
        pytest.raises(IntegrityError, match="publication_shown_is_moderated"),
        transaction.atomic(),
    ):
        Publication.objects.filter(pk=entry.pk).update(standing="published")


def test_the_state_follows_to_done_at_once_and_asks_for_new_words(office: Office) -> None:
    voice = an_open_voice(office, NOW)
    entry = published(office, voice, NOW)
    assert board_entry(entry.id).state == "going_on"
    voice_answer(voice, body="고쳤습니다.", by=office.officer, now=LATER)
    shown = board_entry(entry.id)
    assert (shown.state, shown.settled_at, shown.is_behind) == ("done", LATER, True)
    assert shown.text.result == ""


def test_a_reopened_voice_is_going_on_again(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    entry = published(office, voice, LATER)
    voice_reopen(voice, reason="그대로입니다.", now=LATER)
    shown = board_entry(entry.id)
    assert (shown.state, shown.settled_at, shown.days) == ("going_on", None, None)
    assert "그대로입니다" not in str(shown)


def test_an_unable_voice_leaves_the_board_until_its_reason_was_moderated(office: Office) -> None:
    voice = an_open_voice(office, NOW)
    entry = published(office, voice, NOW)
    voice_close_unable(voice, public_reason=REASON, body="", by=office.officer, now=LATER)
    with pytest.raises(errors.PublicationNotFound):
        board_entry(entry.id)
    entry.refresh_from_db()
    assert (entry.standing, entry.state, entry.reason) == ("proposed", "unable", REASON)
    publication_publish(voice, text=a_text(reason="시의 땅이 아닙니다."), by=office.head, now=LATER)
    assert board_entry(entry.id).text.reason == "시의 땅이 아닙니다."
    assert kinds().count("voices.publication_taken_back") == 1


def test_an_old_reason_does_not_stand_for_a_new_one(office: Office) -> None:
    voice = an_unable_voice(office, NOW)
    entry = published(office, voice, LATER, reason=REASON)
    reopened = voice_reopen(voice, reason="다시 봐 주세요.", now=LATER)
    voice_close_unable(
        reopened, public_reason="예산이 없습니다.", body="", by=office.officer, now=LATER
    )
    entry.refresh_from_db()
    assert (entry.standing, entry.reason) == ("proposed", "예산이 없습니다.")


def test_what_is_withdrawn_or_passed_on_leaves_the_board(office: Office) -> None:
    gone = []
    for end in (
        lambda voice: voice_withdraw(voice, now=LATER),
        lambda voice: voice_transfer(voice, receiving_agency="공사", by=office.officer, now=LATER),
    ):
        voice = an_open_voice(office, NOW)
        entry = published(office, voice, NOW)
        end(voice)
        entry.refresh_from_db()
        gone.append((entry.standing, bool(entry.note), entry_id_of(voice)))
        with pytest.raises(errors.PublicationNotPossible):
            published(office, voice, LATER)
    assert gone == [("taken_back", True, None)] * 2
    assert acts().count("publication.followed") == 2


def test_department_and_category_follow_too(office: Office) -> None:
    voice = an_open_voice(office, NOW)
    entry = published(office, voice, NOW)
    voice = voice_reclassify(voice, category="welfare", by=office.officer, now=NOW)
    voice_assign(voice, department=office.civil, officer=None, by=office.head, now=NOW)
    shown = board_entry(entry.id)
    assert (shown.category_code, shown.department_name) == ("welfare", "통합민원과")


def test_taking_back_says_why_and_publishing_brings_it_back(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    entry = published(office, voice, LATER)
    with pytest.raises(errors.TextMissing):
        publication_take_back(voice, reason=" ", by=office.head, now=LATER)
    publication_take_back(voice, reason="사진 설명에 이름", by=office.head, now=LATER)
    assert board_counts().total == 0
    first = entry.published_at
    again = published(office, voice, LATER + timedelta(days=1))
    assert (again.pk, again.published_at, again.note) == (entry.pk, first, "")
    assert acts() == ["publication.published", "publication.taken_back", "publication.published"]


def test_a_voice_may_be_kept_off_the_board_before_it_was_ever_there(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    kept_off = publication_take_back(voice, reason="이웃을 가리킴", by=office.steward, now=LATER)
    assert kept_off.standing == "taken_back"
    assert kinds() == []


def test_who_saw_an_older_version_is_told(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    entry = published(office, voice, LATER)
    voice_reopen(voice, reason="아직입니다.", now=LATER)
    with pytest.raises(errors.PublicationChangedMeanwhile):
        publication_publish(
            voice, text=a_text(), by=office.head, now=LATER, expected_version=entry.version
        )


def test_a_stories_points_have_neither_names_nor_words(office: Office) -> None:
    voice = a_done_voice(office, NOW)
    entry = published(office, voice, LATER)
    assert [one.action for one in board_moments(entry.id)] == [
        "register",
        "assign",
        "start",
        "answer",
    ]


def test_an_act_on_a_private_voice_asks_the_board_nothing(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    with CaptureQueriesContext(connection) as asked:
        voice_answer(voice, body="고쳤습니다.", by=office.officer, now=LATER)
    assert not any("core_voices_publication" in one["sql"] for one in asked)
