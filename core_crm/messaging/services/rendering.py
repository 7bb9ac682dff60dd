"""Filling a template document's ((placeholders)) for one recipient."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from core_crm.extension_points import Reading
from core_crm.identity import city_words
from core_crm.messaging.errors import PlaceholderMissing, TemplateLacksChannel
from core_crm.messaging.services.measuring import LMS_LIMIT_BYTES, sms_bytes, sms_cut
from core_crm.messaging.types import Channel, MessageTemplate, Rendered

PLACEHOLDER = re.compile(r"\(\(\s*(\w+)\s*\)\)")
STANDARD_LANGUAGE = "ko"
CITY_WORDS = {"call_centre", "call_centre_phone"}

_wording = Reading("template", lambda one: MessageTemplate.model_validate(one.body))


def render(*, template: str, channel: str, language: str, context: Mapping[str, Any]) -> Rendered:
    """The text of a template for a channel, in the language, else in Korean.

    Raises PlaceholderMissing naming every value that was not given, and TemplateLacksChannel.
    """
    wording = _wording(template)
    text = wording.texts.get(language) or wording.texts[STANDARD_LANGUAGE]
    subject, body = ("", text.sms) if channel == Channel.SMS else (text.subject, text.email)
    if not body:
        raise TemplateLacksChannel(
            "이 양식에는 해당 수단의 글이 없습니다.", template=template, channel=channel
        )
    context = {**_city_words(subject + body, language), **context}
    _require(subject + body, context, template=template)
    if channel == Channel.SMS:
        for name in text.sms_shortens:
            context = _shortened(body, context, name=name)
    return Rendered(
        subject=_one_line(_fill(subject, context)),
        body=_fill(body, context).strip(),
        purpose=wording.purpose,
    )


def _city_words(text: str, language: str) -> dict[str, str]:
    """What every text may ask for without being given it: how and where to phone the city."""
    if not CITY_WORDS & set(placeholders_of(text)):
        return {}
    centre = city_words().call_centre
    name = centre.name.en if language == "en" else centre.name.ko
    return {"call_centre": name, "call_centre_phone": centre.phone}


def _shortened(body: str, context: Mapping[str, Any], *, name: str) -> Mapping[str, Any]:
    """The context with one value cut so that the text message fits; the link leads to the whole."""
    if sms_bytes(_fill(body, context)) <= LMS_LIMIT_BYTES:
        return context
    others_bytes = sms_bytes(_fill(body, {**context, name: ""}))
    return {**context, name: sms_cut(str(context[name]), LMS_LIMIT_BYTES - others_bytes)}


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
