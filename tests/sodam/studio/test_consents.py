"""Consent texts are changed like every document: by a change, inside the law's bounds."""

from __future__ import annotations

from typing import Any

from customization.public import change_list, in_force, value_at
from tests.sodam.studio.conftest import Browser

PAGE = "/studio/consents/marketing"


def fields(**other: Any) -> dict[str, Any]:
    """The form as it is filled in, with something typed differently."""
    body = value_at(in_force().tree, ("consent_text", "marketing"))
    given = {
        f"{name}_{each}": body[name][each]
        for name in ("label", "text", "refusal")
        for each in ("ko", "en")
    }
    given |= {
        f"item_{code}_{each}": words[each]
        for code, words in body["items"].items()
        for each in ("ko", "en")
    }
    return {**given, "kept_days": body["kept_days"], **other}


def test_every_text_is_shown_as_citizens_read_it(browser: Browser) -> None:
    browser("privacy")
    page = browser("officer").get("/studio/consents").content.decode()
    for body in in_force().tree["consent_text"].values():
        assert body["text"]["ko"] in page
    assert "개인정보 보호담당" in page


def test_a_new_wording_becomes_a_change(browser: Browser) -> None:
    answer = browser("steward").post(PAGE, fields(text_ko="축제 소식을 보내는 데 씁니다."))
    assert answer.status_code == 303
    (change,) = change_list()
    assert change.operations[0]["path"] == ["consent_text", "marketing", "text", "ko"]
    assert "행사·홍보 소식" in change.title


def test_looking_first_writes_nothing(browser: Browser) -> None:
    answer = browser("steward").post(PAGE, fields(text_ko="축제 소식만 보냅니다.", **{"try": "1"}))
    assert "<p>축제 소식만 보냅니다.</p>" in answer.content.decode()
    assert not change_list().exists()


def test_longer_than_the_law_allows_is_refused_at_its_field(browser: Browser) -> None:
    answer = browser("steward").post(PAGE, fields(kept_days=1000))
    assert answer.status_code == 422
    assert '<a href="#id_kept_days">' in answer.content.decode()
    assert not change_list().exists()


def test_a_text_that_is_none_is_not_found(browser: Browser) -> None:
    assert browser("steward").get("/studio/consents/nothing").status_code == 404
