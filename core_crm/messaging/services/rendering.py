"""Filling a template document's ((placeholders)) for one recipient."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from core_crm.extension_points import document
from core_crm.messaging.errors import PlaceholderMissing, TemplateLacksChannel
from core_crm.messaging.types import Channel, MessageTemplate, Rendered

PLACEHOLDER = re.compile(r"\(\(\s*(\w+)\s*\)\)")
STANDARD_LANGUAGE = "ko"


def render(*, template: str, channel: str, language: str, context: Mapping[str, Any]) -> Rendered:
    """The text of a template for a channel, in the language, else in Korean.

    Raises PlaceholderMissing naming every value that was not given, and TemplateLacksChannel.
    """
    texts = MessageTemplate.model_validate(dict(document("template", template).body))
    chosen = texts.texts.get(language) or texts.texts[STANDARD_LANGUAGE]
    subject, body = ("", chosen.sms) if channel == Channel.SMS else (chosen.subject, chosen.email)
    if not body:
        raise TemplateLacksChannel(
            "이 양식에는 해당 수단의 글이 없습니다.", template=template, channel=channel
        )
    _require(subject + body, context, template=template)
    return Rendered(subject=_one_line(_fill(subject, context)), body=_fill(body, context).strip())


def placeholders_of(text: str) -> tuple[str, ...]:
    """The names a text asks for, each once, in order."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def _require(text: str, context: Mapping[str, Any], *, template: str) -> None:
    missing = [name for name in placeholders_of(text) if context.get(name) is None]
    if missing:
        raise PlaceholderMissing(
            f"양식에 채울 값이 빠졌습니다: {', '.join(missing)}",
            template=template,
            placeholders=missing,
        )


def _fill(text: str, context: Mapping[str, Any]) -> str:
    """One pass: a placeholder inside a citizen's own words is never filled."""
    return PLACEHOLDER.sub(lambda found: str(context[found.group(1)]), text)


def _one_line(text: str) -> str:
    """A subject is one line, so nobody smuggles a header in through a title."""
    return " ".join(text.split())[:300]
