"""`/board`: everybody reads it, with filters in the address, as a feed and as a file."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core_crm.voices.models import Publication, Voice
from core_crm.voices.services import publication_take_back, voice_reopen
from tenants.context import serving_city
from tests.support.publications import (
    REASON,
    a_done_voice,
    an_open_voice,
    an_unable_voice,
    published,
)
from tests.support.voices import Office, an_office

MOST_QUERIES = 6
HTML = "text/html; charset=utf-8"


@pytest.fixture
def entries(office: Office) -> dict[str, Publication]:
    """One of each state; their titles are their states."""
    now = timezone.now() - timedelta(days=3)
    return {
        "going_on": published(office, an_open_voice(office, now), now, title="이어지는 일"),
        "done": published(
            office, a_done_voice(office, now), now, title="끝난 일", result="새로 깔았습니다."
        ),
        "unable": published(
            office,
            an_unable_voice(office, now),
            now,
            title="못 하는 일",
            reason=REASON,
            law="도로법 제2조",
            alternative="토지 소유자에게 정비를 권고했습니다.",
        ),
    }


def page_of(citizen: Client, path: str) -> str:
    answer = citizen.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, HTML), path
    return answer.content.decode()


def test_the_board_shows_every_state_with_its_number(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    answer = citizen.get("/board")
    assert [tab.n for tab in answer.context["tabs"]] == [3, 1, 1, 1]
    for tab in answer.context["tabs"]:
        assert citizen.get(tab.url).context["page"].counts.total == 3
        assert len(citizen.get(tab.url).context["page"].entries) == tab.n


def test_what_cannot_be_done_says_why_on_the_card(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    assert REASON in page_of(citizen, "/board?state=unable")
    assert REASON not in page_of(citizen, "/board?state=done")


def test_an_entry_tells_what_was_asked_done_and_when(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    page = page_of(citizen, f"/board/{entries['done'].id}")
    for words in ("끝난 일", "새로 깔았습니다.", "의견을 받았습니다", "답변을 드렸습니다"):
        assert words in page
    assert "김철수" not in page
    assert "BS-" not in page


def test_an_unable_entry_has_reason_law_alternative_and_contact(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    page = page_of(citizen, f"/board/{entries['unable'].id}")
    for words in (REASON, "도로법 제2조", "정비를 권고했습니다", "tel:051-000-1001"):
        assert words in page
    assert "할 수 없는 까닭" not in page_of(citizen, f"/board/{entries['done'].id}")


def test_english_stands_below_en_and_marks_the_korean_texts(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    page = page_of(citizen, "/en/board")
    assert '<html lang="en"' in page
    assert 'lang="ko">끝난 일' in page
    assert "Public board" in page
    assert f"/en/board/{entries['done'].id}" in page


def test_filters_narrow_and_stay_in_every_address(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    answer = citizen.get("/board?q=토지&category=road&sort=asked")
    facts = answer.context
    assert [one.text.title for one in facts["page"].entries] == ["못 하는 일"]
    for name in ("rss_url", "csv_url"):
        assert "category=road" in facts[name]
        assert "sort=asked" in facts[name]
    assert [tab.n for tab in facts["tabs"]] == [1, 0, 0, 1]
    assert all("category=road" in tab.url for tab in facts["tabs"])
    assert [chip.word for chip in facts["chips"]] == ["찾는 말 ‘토지’", "도로·보도"]


@pytest.mark.parametrize(
    "query",
    [
        "?state=secret&sort=random&month=2026-99&page=0",
        "?page=999999999999999999",
        "?page=٣",
        "?category=%27%22%3E&department=x&q=%25_%5C",
        "?q=" + "가" * 500,
    ],
)
def test_a_broken_address_shows_a_page(
    citizen: Client, entries: dict[str, Publication], query: str
) -> None:
    page_of(citizen, f"/board{query}")


def test_every_emptiness_says_why(citizen: Client, office: Office) -> None:
    assert "아직 공개한 글이 없습니다" in page_of(citizen, "/board")
    now = timezone.now() - timedelta(days=1)
    published(office, an_open_voice(office, now), now)
    assert "이 상태의 글은 아직 없습니다" in page_of(citizen, "/board?state=unable")
    assert "조건에 맞는 글이 없습니다" in page_of(citizen, "/board?q=없는말")
    assert "여기에는 무엇이 오르나요?" in page_of(citizen, "/board")


def test_what_is_not_published_does_not_exist(
    citizen: Client, entries: dict[str, Publication], office: Office
) -> None:
    entry = entries["done"]
    publication_take_back(entry.voice, reason="잘못 올림", by=office.head, now=timezone.now())
    for address in (entry.id, uuid4(), "1", entry.voice.ref):
        assert citizen.get(f"/board/{address}").status_code == 404
    assert citizen.get(f"/board/{entry.voice_id}").status_code == 404


@pytest.mark.usefixtures("two_cities")
def test_another_citys_entry_does_not_exist_here(city_client: Callable[..., Client]) -> None:
    now = timezone.now() - timedelta(days=1)
    with serving_city("seoul"):
        office = an_office()
        theirs = published(office, an_open_voice(office, now), now, title="서울의 일")
    assert city_client("seoul").get(f"/board/{theirs.id}").status_code == 200
    busan = city_client("busan")
    assert busan.get(f"/board/{theirs.id}").status_code == 404
    for path in ("/board", "/board.rss", "/board.csv"):
        assert "서울의 일" not in busan.get(path).content.decode()


def test_the_feed_is_rss_2_with_the_filters(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    answer = citizen.get("/board.rss?state=unable")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    assert (feed.tag, feed.get("version")) == ("rss", "2.0")
    channel = feed.find("channel")
    for wanted in ("title", "link", "description", "language", "lastBuildDate"):
        assert channel.findtext(wanted), wanted
    (item,) = channel.findall("item")
    assert item.findtext("title") == "[불가] 못 하는 일"
    assert item.findtext("link") == f"http://busan.localhost/board/{entries['unable'].id}"
    assert item.find("guid").get("isPermaLink") == "false"
    assert REASON in item.findtext("description")
    own = channel.find("{http://www.w3.org/2005/Atom}link")
    assert own.get("href").endswith("/board.rss?state=unable")
    assert 'type="application/rss+xml"' in page_of(citizen, "/board")


def test_an_entry_that_changes_its_state_is_news_again(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    def guids() -> set[str]:
        feed = ElementTree.fromstring(citizen.get("/board.rss").content)  # noqa: S314 - ours
        return {guid.text for guid in feed.iter("guid")}

    before = guids()
    voice_reopen(entries["done"].voice, reason="아직입니다.", now=timezone.now())
    assert len(guids() - before) == 1


def test_the_file_opens_in_a_spreadsheet_with_the_filters(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    answer = citizen.get("/board.csv?state=unable")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["제목", "상태", "분야", "담당 부서"]
    assert [row[0] for row in rows[1:]] == ["못 하는 일"]
    assert rows[1][8] == REASON
    assert 'filename="board-busan-' in answer["Content-Disposition"]


@pytest.mark.parametrize("path", ["/board", "/board.rss", "/board.csv", "/board/{id}"])
def test_nothing_new_costs_one_query_and_no_page(
    citizen: Client, entries: dict[str, Publication], office: Office, path: str
) -> None:
    path = path.format(id=entries["done"].id)
    citizen.get(path)  # now the browser has its form token
    first = citizen.get(path)
    assert first["Cache-Control"] == "no-cache"
    with CaptureQueriesContext(connection) as asked:
        again = citizen.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, len(asked), again["Cache-Control"]) == (304, 1, "no-cache")
    publication_take_back(
        entries["done"].voice, reason="잘못 올림", by=office.head, now=timezone.now()
    )
    assert citizen.get(path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code in {200, 404}


def test_contrast_and_language_have_copies_of_their_own(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    citizen.get("/board")
    plain = citizen.get("/board")["ETag"]
    citizen.post("/display", {"contrast": "toggle", "next": "/board"})
    assert citizen.get("/board", HTTP_IF_NONE_MATCH=plain).status_code == 200
    assert citizen.get("/en/board")["ETag"] != plain


@pytest.mark.parametrize("path", ["/board?q=보도블록&category=road", "/board/{id}", "/board.rss"])
def test_a_page_is_cheap_however_many_entries_there_are(
    citizen: Client, entries: dict[str, Publication], path: str
) -> None:
    address = path.format(id=entries["done"].id)
    citizen.get(address)
    with CaptureQueriesContext(connection) as asked:
        citizen.get(address)
    assert len(asked) <= MOST_QUERIES, [one["sql"] for one in asked]


def test_the_front_page_shows_one_entry_of_each_state_and_leads_to_their_lists(
    citizen: Client, entries: dict[str, Publication]
) -> None:
    page = page_of(citizen, "/")
    assert "여러분의 의견으로 시작한 일" in page
    for entry in entries.values():
        assert f'href="/board/{entry.id}"' in page
    for address in ("/board?state=unable", "/board?state=done", "/board"):
        assert f'href="{address}"' in page


def test_the_front_page_says_nothing_of_an_empty_board(citizen: Client, office: Office) -> None:
    assert "여러분의 의견으로 시작한 일" not in page_of(citizen, "/")


def test_its_sender_is_told_that_a_voice_stands_on_the_board(
    citizen: Client, entries: dict[str, Publication], office: Office
) -> None:
    def tracked(voice: Voice) -> str:
        given = {"ref": voice.ref, "contact": "010-0000-1234"}
        return citizen.post("/track", given, follow=True).content.decode()

    entry = entries["done"]
    assert f'href="/board/{entry.id}"' in tracked(entry.voice)
    publication_take_back(entry.voice, reason="잘못 올림", by=office.head, now=timezone.now())
    assert "/board/" not in tracked(entry.voice)
    assert "검토한 뒤 올립니다" in tracked(entry.voice)
