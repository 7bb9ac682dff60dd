"""How long a text message is: carriers count bytes of CP949, not characters."""

from __future__ import annotations

import unicodedata

from core_crm.messaging.errors import MessageTooLong
from core_crm.messaging.types import SmsKind, SmsMeasure

SMS_LIMIT_BYTES = 90
LMS_LIMIT_BYTES = 2000
MISSING_GLYPH = "□"
ELLIPSIS = "…"
TYPOGRAPHY = str.maketrans(
    {
        "\u00a0": " ",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2022": "·",
        "\u2212": "-",
        "\u30fb": "·",
        "\u20a9": "원",
    }
)


def sms_safe(text: str) -> str:
    """The text as a phone will show it: one Unicode form, □ for what CP949 cannot carry."""
    text = unicodedata.normalize("NFC", text).translate(TYPOGRAPHY).replace("\r\n", "\n")
    try:
        text.encode("cp949")
    except UnicodeEncodeError:
        return "".join(_carried(character) for character in text)
    return text  # the usual case


def sms_unencodable(text: str) -> tuple[str, ...]:
    """The characters that a phone would show as □, each named once, in order."""
    text = unicodedata.normalize("NFC", text).translate(TYPOGRAPHY)
    return tuple(dict.fromkeys(character for character in text if _carried(character) != character))


def sms_bytes(text: str) -> int:
    """Length in CP949 bytes: a Hangul syllable is 2, a Latin letter 1."""
    return len(sms_safe(text).encode("cp949"))


def sms_cut(text: str, limit_bytes: int) -> str:
    """The text, ended with … where it would pass the limit."""
    safe = sms_safe(text)
    if sms_bytes(safe) <= limit_bytes:
        return safe
    room = safe.encode("cp949")[: max(0, limit_bytes - sms_bytes(ELLIPSIS))]
    return room.decode("cp949", errors="ignore").rstrip() + ELLIPSIS


def sms_kind(text: str) -> SmsKind:
    """SMS up to 90 bytes, LMS up to 2,000. Raises MessageTooLong beyond."""
    length_bytes = sms_bytes(text)
    if length_bytes > LMS_LIMIT_BYTES:
        raise MessageTooLong(
            f"문자 메시지는 {LMS_LIMIT_BYTES:,}바이트까지 보낼 수 있습니다.",
            bytes=length_bytes,
            limit_bytes=LMS_LIMIT_BYTES,
        )
    return SmsKind.SMS if length_bytes <= SMS_LIMIT_BYTES else SmsKind.LMS


def sms_measure(text: str) -> SmsMeasure:
    """All that a byte counter on a screen shows. A text that is too long has no kind."""
    length_bytes = sms_bytes(text)
    return SmsMeasure(
        bytes=length_bytes,
        kind=sms_kind(text) if length_bytes <= LMS_LIMIT_BYTES else None,
        unencodable=sms_unencodable(text),
    )


def _carried(character: str) -> str:
    try:
        character.encode("cp949")
    except UnicodeEncodeError:
        is_invisible = unicodedata.category(character) in ("Cf", "Mn", "Me")
        return "" if is_invisible else MISSING_GLYPH
    return character
