"""Personal data as shown and as kept: masks for those without the right, phones in one form."""

from __future__ import annotations

import re

import phonenumbers

MASK = "*"


def mask_name(name: str) -> str:
    """`홍길동` → `홍*동`, `김수` → `김*`, `Nguyen Thi` → `N***** T**`."""
    words = name.split()
    if len(words) == 1 and not name.isascii():
        return _mask_hangul(words[0])
    return " ".join(word[:1] + MASK * (len(word) - 1) for word in words)


def _mask_hangul(name: str) -> str:
    if len(name) <= 2:
        return name[:1] + MASK * (len(name) - 1)
    return name[0] + MASK * (len(name) - 2) + name[-1]


def mask_phone(phone: str) -> str:
    """`+821012344211` → `010-****-4211`. Nothing for nothing."""
    shown = show_phone(phone)
    if not shown:
        return ""
    first, *_, last = shown.split("-") if "-" in shown else ("", shown[-4:])
    return f"{first}-****-{last}" if first else f"****{last}"


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

    `051-123-4567~9` (the first of a range), `(051)120`, several in a cell (the first), a number
    without area code when the city's is given. Extensions are left out.
    """
    first = re.split(r"[,/;·]|\s및\s|내선|ext", text.strip(), maxsplit=1, flags=re.IGNORECASE)[0]
    digits = re.sub(r"~.*$", "", first)
    for candidate in (digits, f"{area_code}{digits}" if area_code else ""):
        found = _parsed(candidate)
        if found:
            return found
    return ""


def _parsed(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "KR")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
