"""Hangul taken apart into the letters that are typed, and put into Latin letters."""

from __future__ import annotations

import unicodedata

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3
_LATIN_INITIALS = (
    *("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s"),
    *("ss", "", "j", "jj", "ch", "k", "t", "p", "h"),
)
_LATIN_VOWELS = (
    *("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae"),
    *("oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"),
)
_LATIN_FINALS = (
    *("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p"),
    *("l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"),
)


def parts_of(syllable: str) -> tuple[int, int, int] | None:
    """The places of a syllable's initial, vowel and final in their rows; None for other signs."""
    place = ord(syllable) - _FIRST
    if not 0 <= place <= _LAST - _FIRST:
        return None
    return place // 588, place % 588 // 28, place % 28


def joined(initial: int, vowel: int, final: int) -> str:
    """The syllable of these places."""
    return chr(_FIRST + initial * 588 + vowel * 28 + final)


def letters_of(text: str) -> str:
    """As typed, letter by letter: `하늘` → `ㅎㅏㄴㅡㄹ`, and so is a half-typed `하느ㄹ`."""
    return "".join(_letters(sign) for sign in unicodedata.normalize("NFC", text))


def _letters(sign: str) -> str:
    parts = parts_of(sign)
    if parts is None:
        return sign
    initial, vowel, final = parts
    return f"{INITIALS[initial]}{VOWELS[vowel]}{FINALS[final]}"


def romanised(text: str) -> str:
    """In Latin letters, syllable by syllable (로마자 표기법; names are not linked)."""
    return "".join(_latin(sign) for sign in unicodedata.normalize("NFC", text))


def _latin(sign: str) -> str:
    parts = parts_of(sign)
    if parts is None:
        return sign
    initial, vowel, final = parts
    return f"{_LATIN_INITIALS[initial]}{_LATIN_VOWELS[vowel]}{_LATIN_FINALS[final]}"
