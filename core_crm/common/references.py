"""References people read aloud: `BS-2611-7K4M-3`. City, year and month, four signs, a check sign.

The alphabet leaves out what sounds or looks alike (0 O, 1 I L, U V, 5 S, 2 Z, 8 B …). The check
sign makes a weighted sum zero modulo the prime 37, which is more than there are signs (0–9, A–Z)
and places: every single wrong sign and every swap of two neighbours is caught.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import date

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
PREFIXES = {
    "seoul": "SE", "busan": "BS", "daegu": "DG", "incheon": "IC", "jeonnamgwangju": "JG",
    "daejeon": "DJ", "ulsan": "US", "sejong": "SJ", "gyeonggi": "GG", "gangwon": "GW",
    "chungbuk": "CB", "chungnam": "CN", "jeonbuk": "JB", "gyeongbuk": "GB", "gyeongnam": "GN",
    "jeju": "JJ",
}  # fmt: skip
SIGNS, MORE_SIGNS = 4, 6  # the longer form once a month's short ones run low
MODULUS = 37
_SHAPE = re.compile(r"([A-Z]{2})([0-9]{4})([A-Z0-9]{4}|[A-Z0-9]{6})([A-Z0-9])")
_BETWEEN = re.compile(r"[\s.·_\-\u2010-\u2015\u2212]")


def new_reference(*, city_code: str, received_on: date, attempt: int = 0) -> str:
    """A fresh reference, unique only by chance: the caller's constraint decides, and it tries again
    with `attempt` counted up; from the third on the signs are six instead of four."""
    prefix = PREFIXES.get(city_code) or city_code[:2].upper()
    fixed = f"{prefix}{received_on:%y%m}"
    while True:
        length = SIGNS if attempt < 3 else MORE_SIGNS
        signs = "".join(secrets.choice(ALPHABET) for _ in range(length))
        check = _check_sign(fixed + signs)
        if check in ALPHABET:  # 23 of 37 are
            return _written(prefix, f"{received_on:%y%m}", signs, check)


def _written(prefix: str, month: str, signs: str, check: str) -> str:
    return f"{prefix}-{month}-{signs}-{check}"


def _check_sign(signs: str) -> str:
    """What brings the weighted sum to zero; a sign that is none ("?") for the value 36."""
    total = sum((place + 2) * int(sign, 36) for place, sign in enumerate(signs))
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ?"[-total % MODULUS]


def normalise(text: str) -> str:
    """What a person typed, in the form we write; unchanged but for case and spaces if it is none.

    Says nothing about the check sign: ask `is_valid`.
    """
    tidy = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    shape = _SHAPE.fullmatch(tidy)
    return _written(*shape.groups()) if shape else tidy


def is_valid(text: str) -> bool:
    """Is it a reference we could have given? Catches any one wrong sign and any swap of two."""
    shape = _SHAPE.fullmatch(normalise(text).replace("-", ""))
    if shape is None:
        return False
    prefix, month, signs, check = shape.groups()
    return set(signs) <= set(ALPHABET) and check == _check_sign(prefix + month + signs)
