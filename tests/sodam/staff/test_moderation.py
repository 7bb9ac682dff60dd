"""Moderating the public board: the queue, the text beside the citizen's page, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core_crm.voices.models import Publication
from core_crm.voices.selectors import publication_of
from core_crm.voices.services import voice_answer, voice_close_unable, voice_reopen, voice_start
from tests.conftest import ServedCity
from tests.sodam.staff import kit

WORDS = {
    "title": "정류장 앞 보도블록을 고쳐 달라는 의견",
    "summary": "보도블록이 깨져 유모차가 걸린다고 하셨습니다.",
    "result": "새 블록으로 바꾸었습니다.",
}
REASON = "사유지 안의 길이어서 시가 공사할 수 없습니다."


class Desk:
    """An officer's case whose citizen agreed, and the browsers of those who may do something."""

    def __init__(self) -> None:
        self.officer = kit.official("officer")
        self.head = kit.logged_in(kit.official("head"))
        self.by = kit.logged_in(self.officer)
        voice = kit.voice(to=self.officer, is_public=True)
        self.voice = voice_start(voice, by=self.officer, now=timezone.now())
        self.url = f"/staff/voices/{self.voice.ref}/publish"

    def answer(self) -> None:
        voice_answer(self.voice, body="고쳤습니다.", by=self.officer, now=timezone.now())

    def entry(self) -> Publication | None:
        return publication_of(self.voice)

    def post(self, client: Client, step: str, **words: str) -> Any:
        """Press a button with these words, having seen them."""
        given = WORDS | words
        shown = client.post(self.url, given | {"step": "preview"})
        seen = {name: shown.context[name] for name in ("seen", "version")}
        return client.post(self.url, given | seen | {"step": step})


@pytest.fixture
def desk(busan: ServedCity) -> Desk:
    return Desk()


def test_the_form_begins_with_the_citizens_words_and_marks_what_is_personal(desk: Desk) -> None:
    title = "저는 김민수입니다. 010-0000-4211로 전화 주세요"
    voice = kit.voice(to=desk.officer, is_public=True, title=title)
    page = desk.head.get(f"/staff/voices/{voice.ref}/publish")
    text = page.content.decode()
    assert page.context["is_held"]
    assert '<mark class="sure">010-0000-4211' in text
    assert '<mark class="sure">김민수' in text
    assert "이름, 확실" in text


def test_covering_hides_every_find_and_keeps_the_rest(desk: Desk) -> None:
    words = WORDS | {"summary": "김민수 씨가 010-0000-4211로 전화해 차 12가3456을 말했습니다."}
    page = desk.head.post(desk.url, words | {"step": "cover"})
    summary = page.context["form"]["summary"].value()
    assert summary == "○○○ 씨가 ○○○로 전화해 차 ○○○을 말했습니다."
    assert not page.context["found"]


def test_the_citizens_page_is_seen_before_anything_is_published(desk: Desk) -> None:
    page = desk.head.post(desk.url, WORDS | {"step": "publish", "version": "0"})
    assert "확인하고 다시 눌러 주세요" in page.content.decode()
    assert desk.entry() is None
    again = {"step": "publish", "version": "0", "seen": page.context["seen"]}
    answer = desk.head.post(desk.url, WORDS | again)
    assert answer.status_code == 303
    assert desk.entry().standing == "published"


def test_the_preview_is_what_the_citizen_then_reads(desk: Desk) -> None:
    desk.answer()
    preview = desk.head.post(desk.url, WORDS | {"step": "preview"}).content.decode()
    desk.post(desk.head, "publish")
    page = desk.head.get(f"/board/{desk.entry().id}").content.decode()
    for said in (*WORDS.values(), "시민이 부탁한 일", "한 일", "답변을 드렸습니다"):
        assert said in preview
        assert said in page


def test_a_certain_find_is_refused_and_nothing_is_lost(desk: Desk) -> None:
    answer = desk.post(desk.head, "publish", result="문의 010-1234-5678")
    assert answer.status_code == 422
    assert "개인정보가 남아 있습니다" in answer.content.decode()
    assert answer.context["form"]["result"].value() == "문의 010-1234-5678"
    assert desk.entry() is None


def test_the_words_that_the_form_begins_with_have_to_be_summarised(desk: Desk) -> None:
    answer = desk.post(desk.head, "publish", summary=desk.voice.body)
    assert answer.status_code == 422
    assert "요약해 주세요" in answer.content.decode()


def test_unable_asks_for_the_reason_and_only_then(desk: Desk) -> None:
    assert "reason" not in desk.head.get(desk.url).context["form"].fields
    voice_close_unable(
        desk.voice, public_reason=REASON, body="", by=desk.officer, now=timezone.now()
    )
    assert desk.head.get(desk.url).context["form"]["reason"].value() == REASON
    refused = desk.post(desk.head, "publish", reason="")
    assert refused.status_code == 422
    assert "까닭 없이" in refused.content.decode()
    assert desk.post(desk.head, "publish", reason=REASON, law="도로법 제2조").status_code == 303
    assert desk.entry().law == "도로법 제2조"


def test_an_officer_proposes_and_cannot_publish(desk: Desk) -> None:
    desk.answer()
    page = desk.by.get(desk.url).content.decode()
    assert "검토 요청" in page
    assert "이대로 공개하기" not in page
    assert desk.post(desk.by, "publish").status_code == 403
    assert desk.post(desk.by, "propose").status_code == 303
    assert desk.entry().standing == "proposed"
    queue = desk.head.get("/staff/board")
    assert [row["title"] for row in queue.context["rows"]] == [WORDS["title"]]
    assert [tab.n for tab in queue.context["tabs"] if tab.is_current] == [1]


def test_the_queue_offers_what_may_go_public_and_returns_there(desk: Desk) -> None:
    desk.answer()
    queue = desk.head.get("/staff/board?view=waiting")
    (row,) = queue.context["rows"]
    assert row["url"] == f"{desk.url}?view=waiting"
    assert desk.head.get(row["url"]).context["back_url"] == "/staff/board?view=waiting"
    desk.post(desk.head, "publish")
    counts = {str(tab.word): tab.n for tab in desk.head.get("/staff/board").context["tabs"]}
    assert counts["공개 중"] == 1
    assert counts["올릴 수 있는 의견"] == 0


def test_a_text_left_behind_by_its_voice_is_called_for(desk: Desk) -> None:
    desk.answer()
    desk.post(desk.head, "publish")
    voice_reopen(desk.voice, reason="그대로입니다.", now=timezone.now())
    (row,) = desk.head.get("/staff/board?view=changed").context["rows"]
    assert str(row["sign"].word) == "처리중"
    assert "상태가 바뀌었습니다" in desk.head.get(desk.url).content.decode()


def test_taking_back_asks_why_and_works_at_once(desk: Desk) -> None:
    desk.answer()
    desk.post(desk.head, "publish")
    entry = desk.entry()
    version = {"version": str(entry.version)}
    silent = desk.head.post(f"{desk.url}/take-back", version)
    assert silent.status_code == 422
    answer = desk.head.post(f"{desk.url}/take-back", version | {"reason": "이웃을 가리킴"})
    assert answer.status_code == 303
    assert desk.head.get(f"/board/{entry.id}").status_code == 404
    assert "이웃을 가리킴" in desk.head.get("/staff/board?view=taken_back").content.decode()


def test_somebody_who_was_faster_is_not_overwritten(desk: Desk) -> None:
    desk.answer()
    page = desk.head.get(desk.url)
    desk.post(desk.head, "publish")
    old = {"step": "publish", "version": page.context["version"]}
    seen = desk.head.post(desk.url, WORDS | {"step": "preview"}).context["seen"]
    assert desk.head.post(desk.url, WORDS | old | {"seen": seen}).status_code == 409


def test_without_the_citizens_agreement_there_is_no_page(desk: Desk) -> None:
    voice = kit.voice(to=desk.officer)
    assert desk.head.get(f"/staff/voices/{voice.ref}/publish").status_code == 409
    case = desk.head.get(f"/staff/voices/{voice.ref}").content.decode()
    assert f"/staff/voices/{voice.ref}/publish" not in case


def test_a_case_leads_to_its_text(desk: Desk) -> None:
    case = desk.head.get(f"/staff/voices/{desk.voice.ref}").content.decode()
    assert f'href="{desk.url}"' in case
    assert "/staff/board" in case
