"""All telephones of a cell of a directory, with what it says beside them (내선, 교환, 범위)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from core_crm.common.personal_data import normalise_phone

_SEVERAL = re.compile(r"[,/;·|\n]|\s및\s|(?<=\d)\s+(?=\(?0\d)")
_INNER = re.compile(
    r"\(?\s*(내선|교환|구내|ext\.?)\s*[:.]?\s*([0-9~∼〜\-]{1,12})\s*\)?", re.IGNORECASE
)
_RANGE = re.compile(r"\s*[~∼〜]\s*([0-9]{1,4})")
_LABEL = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z ]{0,38}")
_NUMBER = re.compile(r"[0-9+][0-9+() .\-]*[0-9]")


@dataclass(frozen=True, slots=True)
class PhoneRead:
    """One number. `label`: the other end of its range (`~9`), the word before it (대표), 교환."""

    e164: str
    extension: str = ""
    label: str = ""


def phones_in(text: str, *, area_code: str = "") -> list[PhoneRead]:
    """Every number of a cell that can be one, in its order, each once.

    `area_code` (`051`) stands before numbers that have none. A further number that is only the
    end of the one before (`051-123-4567, 4568`) takes over its beginning.
    """
    found: dict[tuple[str, str], PhoneRead] = {}
    for read in _walk(unicodedata.normalize("NFKC", text), area_code):
        found.setdefault((read.e164, read.extension), read)
    return list(found.values())


def _walk(text: str, area_code: str) -> Iterator[PhoneRead]:
    before = ""
    for part in _SEVERAL.split(text):
        read = _one(part, area_code, before)
        if read is not None:
            before = read.e164
            yield read


def _one(part: str, area_code: str, before: str) -> PhoneRead | None:
    inner = _INNER.search(part)
    rest = _INNER.sub(" ", part)
    reach = _RANGE.search(rest)
    rest = _RANGE.sub(" ", rest)
    number = _NUMBER.search(rest)
    e164 = _read(number.group(0) if number else rest, area_code, before)
    if not e164:
        return None
    words = [f"~{reach.group(1)}"] if reach else []
    if named := _LABEL.search(rest):
        words.append(named.group(0).strip())
    if inner and inner.group(1) == "교환":
        words.append("교환")
    return PhoneRead(e164, inner.group(2) if inner else "", " ".join(words)[:40])


def _read(number: str, area_code: str, before: str) -> str:
    digits = re.sub(r"\D", "", number)
    if before and 1 <= len(digits) <= 4:
        return before[: -len(digits)] + digits
    return normalise_phone(number, area_code=area_code)
