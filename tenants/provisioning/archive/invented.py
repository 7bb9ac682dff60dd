"""Values of people who do not exist. The same value always becomes the same one, within one copy.

Which becomes which depends on a key that is thrown away afterwards: nobody can turn it back.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구민진나지엄"
GIVEN = "가나다라마바사아자하은수민지현서연우준영도윤채원예린호진경희선미정태규찬빈솔온별"
LATIN = ("Ara", "Bora", "Dana", "Hana", "Jina", "Mina", "Nari", "Sora", "Woori", "Yuna")
SENTENCES = (
    "길가의 가로등이 저녁마다 깜박입니다. ",
    "놀이터 바닥이 패여 아이들이 넘어질 것 같습니다. ",
    "버스 정류장의 안내판 글씨가 흐려졌습니다. ",
    "공원 산책로에 의자가 더 있으면 좋겠습니다. ",
    "비가 오면 보도에 물이 고입니다. ",
    "횡단보도의 신호가 너무 짧습니다. ",
    "하천 옆 난간이 흔들립니다. ",
    "가로수 가지가 간판을 가립니다. ",
    "주민센터의 문이 무거워 열기 어렵습니다. ",
    "확인하고 조치한 뒤 알려 드리겠습니다. ",
)
NOBODYS_NUMBER = "+82100"  # 010-0… is not given out, and these are one digit too long
KOREAN_MOBILE = "+8210"
HALF, ROUNDS = 10_000, 6


class Inventor:
    """Invents values for one training copy."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)

    def name(self, value: str) -> str:
        """A Korean name for a Korean one, a Latin one for a Latin one."""
        draw = self._draw("name", value)
        if value.isascii():
            return f"{_pick(LATIN, draw)} {_pick(LATIN, draw >> 16)}"
        return _pick(SURNAMES, draw) + _pick(GIVEN, draw >> 16) + _pick(GIVEN, draw >> 32)

    def phone(self, value: str) -> str:
        """A number of the same form that nobody can have; two numbers never become one."""
        rest = value.removeprefix(KOREAN_MOBILE)
        if rest != value and len(rest) == 8 and rest.isdigit():
            return f"{NOBODYS_NUMBER}{self._shuffled(int(rest)):08}"
        return f"{NOBODYS_NUMBER}0{self._draw('phone', value) % 10**8:08}"

    def email(self, value: str) -> str:
        return f"{self._letters('email', value, 16)}@people.example"

    def text(self, value: str) -> str:
        """Sentences of the same length, cut where the text ended."""
        draw, found = self._draw("text", value), ""
        while len(found) < len(value):
            found += _pick(SENTENCES, draw)
            draw = draw // len(SENTENCES) or self._draw("text", found)
        return found[: len(value)]

    def secret(self, value: str) -> str:
        """Letters of the same length that open nothing."""
        return self._letters("secret", value, len(value))

    def unusable(self, _value: str) -> str:
        """What Django takes for "no password"."""
        return f"!{secrets.token_hex(20)}"

    def empty(self, value: str) -> str:
        """Nothing: of an object {}, of a JSON list [], of a Postgres list {}, of a text none."""
        return {"[": "[]", "{": "{}"}.get(value[:1], "")

    def _shuffled(self, number: int) -> int:
        """Another number of eight digits; a different one for each (a Feistel network)."""
        left, right = divmod(number, HALF)
        for turn in range(ROUNDS):
            drawn = self._draw(f"half {turn}", str(right)) % HALF
            left, right = right, (left + drawn) % HALF
        return left * HALF + right

    def _draw(self, kind: str, value: str) -> int:
        return int.from_bytes(self._digest(kind, value)[:12], "big")

    def _letters(self, kind: str, value: str, length: int) -> str:
        letters = ""
        while len(letters) < length:
            letters += self._digest(f"{kind} {len(letters)}", value).hex()
        return letters[:length]

    def _digest(self, kind: str, value: str) -> bytes:
        return hmac.digest(self._key, f"{kind}\0{value}".encode(), hashlib.sha256)


def _pick(choices: Sequence[str], draw: int) -> str:
    return choices[draw % len(choices)]
