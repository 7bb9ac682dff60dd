"""The templates that ship with the standard model."""

from __future__ import annotations

import re

import pytest

from core_crm.extension_points import FIXTURES, STANDARD_VERSION, StandardDocuments, documents
from core_crm.messaging.services import placeholders_of, render, sms_bytes
from core_crm.messaging.types import MessageTemplate
from tests.conftest import ServedCity

SHIPPED = StandardDocuments(FIXTURES / "standard", STANDARD_VERSION)
CODES = SHIPPED.codes("template")


@pytest.fixture
def shipped(templates: None) -> None:
    documents.standard = SHIPPED  # the `templates` fixture puts things back


def declared(code: str) -> set[str]:
    """What the comment at the top of a template says it may be given."""
    path = FIXTURES / "standard" / STANDARD_VERSION / "template" / f"{code}.yaml"
    text = path.read_text(encoding="utf-8")
    lines = re.findall(r"^# +(?:Placeholders|and here): ([a-z_, ]+)", text, re.MULTILINE)
    return {name.strip() for line in lines for name in line.split(",")}


@pytest.mark.parametrize("code", CODES)
def test_each_says_everything_in_both_languages_and_both_channels(code: str) -> None:
    template = MessageTemplate.model_validate(dict(SHIPPED.get("template", code).body))
    assert set(template.texts) == {"ko", "en"}
    for text in template.texts.values():
        assert text.subject
        assert text.email
        assert text.sms
        wanted = set(placeholders_of(text.subject + text.email + text.sms))
        assert wanted <= declared(code)
        assert set(text.sms_shortens) <= wanted


@pytest.mark.parametrize("code", CODES)
def test_a_text_message_fits_even_with_a_very_long_answer(
    busan: ServedCity, shipped: None, code: str
) -> None:
    context = dict.fromkeys(declared(code), "가나다라마바사") | {
        "answer": "답변입니다. " * 1000,
        "reason": "예산이 없습니다. " * 200,
        "title": "가" * 200,
    }
    for language in ("ko", "en"):
        rendered = render(template=code, channel="sms", language=language, context=context)
        assert sms_bytes(rendered.body) <= 2000
        assert "((" not in rendered.body
