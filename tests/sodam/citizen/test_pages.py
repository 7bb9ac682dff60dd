"""The other pages of a citizen: home, help, languages, contrast, the demo's mailbox."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from core_crm.messaging.services import messages_send_due
from tests.sodam.citizen.kit import file_a_voice
from tests.support.voices import a_voice

PATHS = (
    "/",
    "/voices/new/what",
    "/track",
    "/me",
    "/board",
    "/help",
    "/privacy",
    "/accessibility",
    "/demo/mailbox",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_opens_in_both_languages(citizen: Client, path: str, language: str) -> None:
    answer = citizen.get(f"{language}{path}" or "/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{"en" if language else "ko"}"' in page
    assert page.index("krds-skip-link") < page.index("<header")


def test_the_months_numbers_are_hidden_when_there_are_none(citizen: Client) -> None:
    assert "이번 달 부산" not in citizen.get("/").content.decode()


def test_the_months_numbers_count_what_came_in(citizen: Client) -> None:
    a_voice(timezone.now())
    page = citizen.get("/").content.decode()
    assert "이번 달 부산" in page
    assert "받은 의견" in page


def test_no_link_leads_to_a_screen_that_does_not_exist(citizen: Client) -> None:
    page = citizen.get("/").content.decode()
    assert "전화 요청" not in page


def test_the_language_link_keeps_the_place(citizen: Client) -> None:
    assert 'href="/en/track"' in citizen.get("/track").content.decode()
    assert 'href="/track"' in citizen.get("/en/track").content.decode()


def test_high_contrast_works_without_scripts(citizen: Client) -> None:
    answer = citizen.post("/display", {"contrast": "toggle", "next": "/help"})
    assert answer["Location"] == "/help"
    assert 'data-krds-mode="high-contrast"' in citizen.get("/help").content.decode()


def test_the_display_form_leads_to_no_other_site(citizen: Client) -> None:
    answer = citizen.post("/display", {"size": "next", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_the_demo_shows_the_test_bar_and_no_masthead(citizen: Client) -> None:
    page = citizen.get("/").content.decode()
    assert "시험용 데모" in page
    assert "krds-masthead" not in page


@override_settings(DEMO_MODE=False)
def test_outside_the_demo_there_is_no_mailbox(citizen: Client) -> None:
    assert citizen.get("/demo/mailbox").status_code == 404
    assert "/demo/mailbox" not in citizen.get("/").content.decode()


def test_the_receipt_arrives_in_the_demos_mailbox_with_its_size(citizen: Client) -> None:
    file_a_voice(citizen)
    messages_send_due(now=timezone.now())
    page = citizen.get("/demo/mailbox").content.decode()
    assert "010-0000-4211" in page
    assert "바이트" in page
    assert "접수, 답변 기한" in page
