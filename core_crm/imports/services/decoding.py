"""Telling how a file's text is written: offices send UTF-8, CP949 and, from Excel, UTF-16."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

SAMPLE_BYTES = 64 * 1024
SEPARATORS = b",;\t\r\n"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text. In a damaged one, bytes that fit no encoding have become U+FFFD."""

    text: str
    encoding: str
    is_damaged: bool


def decode(data: bytes) -> Decoded:
    """The text of a file and the encoding it is written in. Never fails."""
    for mark, name, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], name, codec)
    wide = wide_codec(data[:SAMPLE_BYTES])
    if wide:
        return _decode_as(data, wide, wide)
    attempts = [_decode_as(data, "utf-8", "utf-8")]
    if attempts[0].is_damaged:
        attempts.append(_decode_as(data, "cp949", "cp949"))
    whole = [attempt for attempt in attempts if not attempt.is_damaged]
    return whole[0] if whole else min(attempts, key=lambda attempt: attempt.text.count("\ufffd"))


def _decode_as(data: bytes, name: str, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), name, is_damaged=False)
    except UnicodeDecodeError:
        return Decoded(data.decode(codec, errors="replace"), name, is_damaged=True)


def wide_codec(sample: bytes) -> str:
    """utf-16-le or utf-16-be when most separators have the NUL beside them that they have there."""
    places = [at for at, byte in enumerate(sample) if byte in SEPARATORS]
    little = sum(at % 2 == 0 and sample[at + 1 : at + 2] == b"\0" for at in places)
    big = sum(at % 2 == 1 and sample[at - 1] == 0 for at in places)
    if max(little, big) * 2 <= len(places):
        return ""  # stray NULs, if any: not an encoding
    return "utf-16-le" if little > big else "utf-16-be"
