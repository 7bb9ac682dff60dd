"""Personal data as shown and as kept: masks for those without the right, phones in one form."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

MASK = "*"


def mask_name(name: str) -> str:
    """`홍길동` → `홍*동`, `김수` → `김*`, `Nguyen Thi` → `N***** T**`."""
    words = name.split()
    if len(words) == 1 and not name.isascii():
        return _mask_hangul(words[0])
    return " ".join(word[:1] + MASK * max(len(word) - 1, 1) for word in words)


def _mask_hangul(name: str) -> str:
    if len(name) <= 2:
        return name[:1] + MASK if len(name) == 2 else MASK
    return name[0] + MASK * (len(name) - 2) + name[-1]


def mask_phone(phone: str) -> str:
    """`+821012344211` → `010-****-4211`, `+8215881234` → `1588-****`. Nothing for nothing."""
    parts = show_phone(phone).split("-")
    if len(parts) > 2:
        return f"{parts[0]}-****-{parts[-1]}"
    if len(parts) == 2:
        return f"{parts[0]}-****"
    return MASK * 4 + phone[-2:] if phone else ""


def mask_email(email: str) -> str:
    """`minsu.kim@citizen.example` → `mi***@citizen.example`."""
    local, at, domain = email.partition("@")
    return f"{local[:2]}***@{domain}" if at else MASK * len(email)


def show_phone(phone: str) -> str:
    """E.164 as a Korean reads it: `+82511234567` → `051-123-4567`; foreign ones internationally."""
    try:
        number = phonenumbers.parse(phone, "KR")
    except phonenumbers.NumberParseException:
        return phone
    kind = phonenumbers.PhoneNumberFormat
    local = number.country_code == 82
    return phonenumbers.format_number(number, kind.NATIONAL if local else kind.INTERNATIONAL)


def normalise_phone(text: str, *, area_code: str = "") -> str:
    """A phone in E.164, or "" when it is none. Understands the forms of Korean directories.

    `051-123-4567~9` (the first of a range), `051)888-1234`, `(대표) 051-123-4567`, several in a
    cell (the first), a number without area code when the city's is given. Extensions are left out.
    """
    first = _SEVERAL.split(unicodedata.normalize("NFKC", text).strip(), maxsplit=1)[0]
    digits = _NO_DIGIT.sub("", _RANGE.sub("", first))
    own = f"{area_code}{digits}" if area_code and digits[:1] not in ("0", "+") else ""
    return next((found for found in map(_parsed, (digits, own)) if found), "")


_SEVERAL = re.compile(r"[,/;·|\n]|\s및\s|\(?내선|\(?교환|ext|#", re.IGNORECASE)
_RANGE = re.compile(r"[~∼〜].*$")
_NO_DIGIT = re.compile(r"[^0-9+]")
_KOREAN_MOBILE = re.compile(r"(?:0|\+82)(10[0-9]{8})")


def _parsed(text: str) -> str:
    if mobile := _KOREAN_MOBILE.fullmatch(text):  # nearly all: what the library says, sooner
        return f"+82{mobile.group(1)}"
    try:
        number = phonenumbers.parse(text, "KR")
    except phonenumbers.NumberParseException:
        return ""
    if (
        phonenumbers.is_possible_number_with_reason(number)
        != phonenumbers.ValidationResult.IS_POSSIBLE
    ):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
