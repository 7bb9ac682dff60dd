"""Personal data in running text: where it stands, of which kind, and how certain that is.

What the public board keeps from being printed. Certain are telephone numbers, e-mail addresses,
resident registration numbers (개인정보 보호법 제24조의2) and names known beforehand; likely are car
plates, names before 씨 or 님, home numbers and the rest: they are marked, and a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core_crm.common.personal_data import normalise_phone

COVER = "○○○"
LONGEST_TEXT = 20_000


class PersonalKind(StrEnum):
    """What was found."""

    RESIDENT_NUMBER = "resident_number"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    PLATE = "plate"
    HOME = "home"
    CARD = "card"
    PASSPORT = "passport"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data: text[start:end]."""

    start: int
    end: int
    kind: PersonalKind
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, plain or found."""

    text: str
    found: Found | None = None


_LEFT, _RIGHT = r"(?<![0-9A-Za-z])", r"(?![0-9])"
_GAP = r"[\s.\-–—·)/]{0,3}"
_SPOKEN = "공영일이삼사오육칠팔구0-9"
_RESIDENT = re.compile(
    rf"{_LEFT}(\d{{2}})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\s?[-–—]?\s?[0-9]"
    r"(\d{6}|[*×xX○●]{6}|\d[*×xX○●]{5})(?![0-9*])"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?(?:@|\(at\)|\[at\]|골뱅이)\s?"
    r"[A-Za-z0-9\-]{1,63}(?:\s?\.\s?[A-Za-z0-9\-]{1,63}){1,4}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"{_LEFT}(?:\+?82{_GAP}0?|\(?0)(?:1[0-9]|2|[3-6][0-9]|70|50\d?){_GAP}\d{{3,4}}{_GAP}\d{{4}}{_RIGHT}"
)
_SPOKEN_PHONE = re.compile(
    rf"(?:공일공|영일영|공일일)[\s\-.]{{0,2}}[{_SPOKEN}]{{3,4}}[\s\-.]{{0,2}}[{_SPOKEN}]{{4}}"
)
_CARD = re.compile(rf"{_LEFT}\d{{4}}[\s\-]?\d{{4}}[\s\-]?\d{{4}}[\s\-]?\d{{4}}{_RIGHT}")
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])[MSRODmsrod]\d{3}[A-Za-z0-9]\d{4}(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"(?<![0-9])(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)\s?)?"
    r"\d{2,3}\s?[가나다라마바사아자거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호배]\s?\d{4}"
    r"(?![0-9])"
)
_HOME = re.compile(
    r"\d{1,4}\s?동\s?\d{1,4}\s?호|(?<![가-힣0-9])\d{3,4}\s?호(?=[에의가는로\s,.)]|$)"
)
_BIRTHDAY = re.compile(
    r"(?:19|20)?\d{2}\s?[년.\-]\s?\d{1,2}\s?[월.\-]\s?\d{1,2}\s?일?\s?생(?![가-힣])"
)

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진나지엄"
    "채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
)
_TWO_SYLLABLE = "남궁|선우|황보|제갈|사공|독고|서문|동방"
_NAME = rf"(?:(?:{_TWO_SYLLABLE})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{1,2}})"
_ADDRESSED = re.compile(
    rf"(?<![가-힣])({_NAME})(?=\s?(?:씨|님|군|양|옹|여사|선생|주무관|주사|계장|팀장|과장|국장|사장|회장|원장|교수)"
    r"(?:님)?(?:[이가은는을를의께에와과도]|한테|에게|께서|으로|로|[\s,.!?)·]|$))"
)
_NAMED = re.compile(
    rf"(?:저는|나는|이름은|성명은?|성함은|신고인은?|민원인은?)\s?[:：]?\s?({_NAME})"
    r"(?=\s?(?:입니다|이라고|라고|이고|이며|이에요|예요|인데|[\s,.)]|$))"
)
_NO_NAMES_TEXT = """
고객 주민 이웃 주인 주무 안내 선생 기사 조합 공무 이장 민원 담당
소장 장애 어머 어르 하나 여러 이용 신고 제보 문의 상담 지역 도로
인근 전임 현장 교통 주차 시설 공원 안전 기획 정책 민원인 신청
이사 조사 조경 전문 전기 구청 구의 시청 도청 국민 시민 도시 용역
소방 원어 유치 방문 명예 고령 임차 임대 성인 연구 관리 건설 하수
정비 환경 기관 지도 위원 서비 공동 부서
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
"""Words before 님 or 과장 that begin like a surname: 고객님, 주민님, 안전과장."""


def personal_in(
    text: str, *, names: Collection[str] = (), public_phones: Collection[str] = ()
) -> list[Found]:
    """What of a text is personal, in its order and without overlaps; the certain finds first.

    `names` are people known to be meant (the citizen): of three syllables and more they are
    certain. `public_phones` are an office's own and no secret. Only the first 20,000 signs
    are read. Full-width signs are read as their plain ones.
    """
    seen = _read(text[:LONGEST_TEXT])
    kept: list[Found] = []
    public = frozenset(map(normalise_phone, public_phones))
    for found in _all(seen, names, public):
        if all(found.end <= one.start or found.start >= one.end for one in kept):
            kept.append(found)
    return sorted(kept, key=lambda one: one.start)


def pieces(text: str, finds: Iterable[Found]) -> list[Piece]:
    """The text cut at its finds, to be marked."""
    cut, at = [], 0
    for found in finds:
        cut += [Piece(text[at : found.start]), Piece(text[found.start : found.end], found)]
        at = found.end
    cut.append(Piece(text[at:]))
    return [one for one in cut if one.text]


def covered(text: str, finds: Iterable[Found]) -> str:
    """The text with a cover over each find."""
    return "".join(COVER if one.found else one.text for one in pieces(text, finds))


def _read(text: str) -> str:
    """Sign for sign as a program reads it: the places stay what they were."""
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    if sign.isascii() or "가" <= sign <= "힣":
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _all(text: str, names: Collection[str], public: frozenset[str]) -> Iterator[Found]:
    """The surest first: whoever comes later must not overlap."""
    yield from _residents(text)
    yield from _whole(_EMAIL, text, PersonalKind.EMAIL, is_certain=True)
    yield from _cards(text)
    yield from _phones(text, public)
    yield from _known(text, names)
    yield from _whole(_SPOKEN_PHONE, text, PersonalKind.PHONE)
    yield from _whole(_PLATE, text, PersonalKind.PLATE)
    yield from _whole(_PASSPORT, text, PersonalKind.PASSPORT)
    yield from _whole(_BIRTHDAY, text, PersonalKind.BIRTHDAY)
    yield from _whole(_HOME, text, PersonalKind.HOME)
    for pattern in (_NAMED, _ADDRESSED):
        yield from _names(pattern, text)


def _whole(
    pattern: re.Pattern[str], text: str, kind: PersonalKind, *, is_certain: bool = False
) -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield Found(match.start(), match.end(), kind, is_certain)


def _residents(text: str) -> Iterator[Found]:
    """Thirteen digits of which six are a day; with its end covered it tells a birthday only."""
    for match in _RESIDENT.finditer(text):
        if _is_day(match[1], match[2], match[3]):
            is_whole = match[4].isdigit()
            kind = PersonalKind.RESIDENT_NUMBER if is_whole else PersonalKind.BIRTHDAY
            yield Found(match.start(), match.end(), kind, is_whole)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(2000 + int(year), int(month), int(day))  # 29 February of 1900 did not exist; nor here
    except ValueError:
        return int(month) == 2 and int(day) == 29
    return True


def _phones(text: str, public: frozenset[str]) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        if normalise_phone(match[0]) not in public:
            yield Found(match.start(), match.end(), PersonalKind.PHONE, is_certain=True)


def _cards(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        digits = [int(sign) for sign in match[0] if sign.isdigit()]
        if _luhn(digits):
            yield Found(match.start(), match.end(), PersonalKind.CARD, is_certain=False)


def _luhn(digits: list[int]) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _known(text: str, names: Collection[str]) -> Iterator[Found]:
    for name in sorted({one.strip() for one in names}, key=len, reverse=True):
        if len(name) < 2:
            continue
        for match in re.finditer(re.escape(_read(name)), text):
            yield Found(match.start(), match.end(), PersonalKind.NAME, len(name) >= 3)


def _names(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        if match[1] not in _NO_NAMES and match[1][:2] not in _NO_NAMES:
            yield Found(match.start(1), match.end(1), PersonalKind.NAME, is_certain=False)
