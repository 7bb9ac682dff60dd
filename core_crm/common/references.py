"""References people read aloud: `BS-2611-7K4M-3`. City, year and month, four signs, a check sign.

The alphabet leaves out what sounds or looks alike (0 O, 1 I L, U V, 5 S, 2 Z, 8 B …). The check
sign makes a weighted sum zero modulo the prime 37, which is more than there are signs (0–9, A–Z)
and places: every single wrong sign and every swap of two neighbours is caught.
"""

from __future__ import annotations

import re
import secrets
from datetime import date

from tenants.errors import DomainError

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
PREFIXES = {
    "seoul": "SE", "busan": "BS", "daegu": "DG", "incheon": "IC", "jeonnamgwangju": "JG",
    "daejeon": "DJ", "ulsan": "US", "sejong": "SJ", "gyeonggi": "GG", "gangwon": "GW",
    "chungbuk": "CB", "chungnam": "CN", "jeonbuk": "JB", "gyeongbuk": "GB", "gyeongnam": "GN",
    "jeju": "JJ",
}  # fmt: skip
SIGNS, MORE_SIGNS = 4, 6  # the longer form once a month's short ones run low
MODULUS = 37
_SHAPE = re.compile(r"([A-Z]{2})(\d{4})([A-Z0-9]{4}|[A-Z0-9]{6})([A-Z0-9])")


class ReferenceNotValid(DomainError):
    """The text is no reference: a sign is missing or wrong."""

    code = "reference.not_valid"
    http_status = 422


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
    """The reference as written by us, from what a person typed. Raises ReferenceNotValid."""
    shape = _SHAPE.fullmatch(re.sub(r"[\s\-–—.·]", "", text).upper())
    if shape is None:
        raise ReferenceNotValid("접수번호의 형식이 아닙니다. 예: BS-2611-7K4M-3")
    prefix, month, signs, check = shape.groups()
    if set(signs) - set(ALPHABET) or check != _check_sign(prefix + month + signs):
        raise ReferenceNotValid("접수번호에 잘못 적힌 글자가 있습니다. 다시 확인해 주세요.")
    return _written(prefix, month, signs, check)


def is_valid(text: str) -> bool:
    try:
        normalise(text)
    except ReferenceNotValid:
        return False
    return True
