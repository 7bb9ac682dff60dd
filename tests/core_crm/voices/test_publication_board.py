"""Reading the board: filters, counts, order, pages, the stamp; and the moderators' queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from core_crm.voices.errors import WordUnknown
from core_crm.voices.models import Publication, Voice
from core_crm.voices.selectors import (
    board_choices,
    board_counts,
    board_entries,
    board_entry_stamp,
    board_page,
    board_stamp,
    moderation_counts,
    moderation_queue,
    personal_data_of,
    suggestion_for,
)
from core_crm.voices.services import (
    publication_propose,
    publication_take_back,
    voice_answer,
    voice_reclassify,
    voice_reopen,
)
from core_crm.voices.types import BoardFilters
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
OCTOBER = kst("2026-10-06 10:00")


@dataclass(frozen=True)
class Board:
    """Three entries: one of October done, one going on, one unable."""

    done: Publication
    going_on: Publication
    unable: Publication
    done_voice: Voice


@pytest.fixture
def board(office: Office) -> Board:
    done = voice_reclassify(
        an_open_voice(office, OCTOBER), category="welfare", by=office.officer, now=OCTOBER
    )
    done = voice_answer(done, body="손보았습니다.", by=office.officer, now=OCTOBER)
    return Board(
        done=published(office, done, OCTOBER + timedelta(days=1), title="경로당 난방을 살펴 달라"),
        going_on=published(office, an_open_voice(office, NOW), NOW),
        unable=published(office, an_unable_voice(office, NOW), NOW + timedelta(1), reason=REASON),
        done_voice=done,
    )


def titles(**filters: str) -> list[str]:
    return [entry.text.title for entry in board_page(BoardFilters(**filters)).entries]


def test_counts_fit_the_lists_behind_them(board: Board) -> None:
    counts = board_counts()
    assert (counts.going_on, counts.done, counts.unable, counts.total) == (1, 1, 1, 3)
    for state in ("going_on", "done", "unable"):
        assert len(titles(state=state)) == getattr(counts, state)


def test_what_changed_last_comes_first_and_other_orders_exist(board: Board) -> None:
    ids = [board.unable.id, board.going_on.id, board.done.id]
    assert [entry.id for entry in board_page(BoardFilters()).entries] == ids
    waiting = [entry.id for entry in board_page(BoardFilters(sort="waiting")).entries]
    assert waiting[0] == board.done.id


def test_filters_narrow_alone_and_together(board: Board) -> None:
    assert titles(category="welfare") == ["경로당 난방을 살펴 달라"]
    assert titles(month="2026-10") == ["경로당 난방을 살펴 달라"]
    assert titles(words="난방") == ["경로당 난방을 살펴 달라"]
    assert len(titles(words="사유지 통행로")) == 1
    assert titles(month="2026-10", state="unable") == []
    assert board_page(BoardFilters(month="2026-10", state="unable")).counts.done == 1
    assert len(titles(department="a1.road")) == 3
    assert titles(department="a1.passport") == []


def test_words_outside_the_lists_are_refused(board: Board) -> None:
    for filters in ({"state": "secret"}, {"sort": "random"}, {"month": "2026-13"}):
        with pytest.raises(WordUnknown):
            board_page(BoardFilters(**filters))


def test_what_may_be_chosen_is_what_is_there(board: Board) -> None:
    choices = board_choices()
    assert choices.categories == (("road", "도로·보도"), ("welfare", "복지·건강"))
    assert choices.departments == (("a1.road", "도로안전과"),)
    assert choices.months == ("2026-11", "2026-10")


def test_pages_hold_twelve_and_one_beyond_the_last_is_the_last(office: Office) -> None:
    for minute in range(13):
        at = NOW + timedelta(minutes=minute)
        published(office, an_open_voice(office, at), at, title=f"{minute}번째 의견")
    first, second = board_page(BoardFilters()), board_page(BoardFilters(), number=99)
    assert (len(first.entries), len(second.entries), second.number, second.last) == (12, 1, 2, 2)
    assert not {one.id for one in first.entries} & {one.id for one in second.entries}
    assert len(list(board_entries(BoardFilters()))) == 13
    assert len(list(board_entries(BoardFilters(), most=5))) == 5


def test_the_stamp_changes_with_every_change(board: Board, office: Office) -> None:
    seen = [board_stamp(), board_stamp()]
    voice_reopen(board.done_voice, reason="아직입니다.", now=NOW)
    seen.append(board_stamp())
    publication_take_back(board.done_voice, reason="잘못 올림", by=office.head, now=NOW)
    seen.append(board_stamp())
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
    assert board_entry_stamp(board.done.id) == ""
    assert board_entry_stamp(board.unable.id) != board_entry_stamp(board.going_on.id) != ""


def test_an_empty_board_is_empty_everywhere(office: Office) -> None:
    page = board_page(BoardFilters())
    assert (page.entries, page.last, page.counts.total, board_stamp()) == ((), 1, 0, "0")
    assert board_choices().months == ()


def test_moderators_see_what_waits_for_them(office: Office) -> None:
    waiting = a_done_voice(office, NOW)
    proposed = a_done_voice(office, NOW)
    changed = a_done_voice(office, NOW)
    off = a_done_voice(office, NOW)
    a_voice_in_work(office, NOW)  # its citizen did not agree
    publication_propose(proposed, text=a_text(), by=office.officer, now=NOW)
    published(office, changed, NOW)
    voice_reopen(changed, reason="아직입니다.", now=NOW)
    publication_take_back(off, reason="이웃을 가리킴", by=office.head, now=NOW)
    found = {
        view: [row.ref for row in moderation_queue(office.head, view=view, now=NOW).items]
        for view in ("proposed", "waiting", "changed", "published", "taken_back")
    }
    assert found == {
        "proposed": [proposed.ref],
        "waiting": [waiting.ref],
        "changed": [changed.ref],
        "published": [changed.ref],
        "taken_back": [off.ref],
    }
    counts = moderation_counts(office.head, now=NOW)
    assert counts == {view: len(refs) for view, refs in found.items()}


def test_another_departments_voices_are_not_a_heads_business(office: Office) -> None:
    a_done_voice(office, NOW)
    office.head.department = office.passport
    assert moderation_counts(office.head, now=NOW)["waiting"] == 0
    assert moderation_counts(office.steward, now=NOW)["waiting"] == 1
    with pytest.raises(WordUnknown):
        moderation_queue(office.steward, view="secret", now=NOW)


def test_the_form_begins_with_the_voices_own_words_and_marks_what_is_personal(
    office: Office,
) -> None:
    body = "저는 김철수입니다. 010-0000-1234로 전화 주세요. " + "길이 패였습니다. " * 80
    voice = an_unable_voice(office, NOW, body=body)
    begun = suggestion_for(voice)
    assert begun.text.title == voice.title
    assert len(begun.text.summary) == 600
    assert begun.text.summary.endswith("…")
    assert begun.text.reason == REASON
    assert begun.text.result == "토지 소유자에게 정비를 권고했습니다."
    found = personal_data_of(voice, begun.text)
    assert {one.kind.value for one in found["summary"]} == {"name", "phone"}
    assert all(one.is_certain for one in found["summary"])
