"""One cell of a list that came from anywhere, in the form in which it is kept.

Each reader raises CustomerNotValid or ContactNotReadable with a Korean reason that never holds the
value. What most rows hold is told by one quick pattern; only the rest goes the thorough way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from core_crm.common.personal_data import normalise_phone
from core_crm.customers.errors import ContactNotReadable, CustomerNotValid
from core_crm.customers.services import reading

AREA_CODES: Mapping[str, str] = {
    "seoul": "02",
    "gyeonggi": "031",
    "incheon": "032",
    "gangwon": "033",
    "chungnam": "041",
    "daejeon": "042",
    "chungbuk": "043",
    "sejong": "044",
    "busan": "051",
    "ulsan": "052",
    "daegu": "053",
    "gyeongbuk": "054",
    "gyeongnam": "055",
    "jeonbuk": "063",
    "jeju": "064",
}
"""지역번호 (전기통신번호관리세칙). 전남광주통합특별시 has two: no number is completed there."""
PLAIN_NAME = re.compile(r"[가-힣]{2,8}")
PLAIN_TEXT = re.compile(r"[가-힣A-Za-z0-9().,·~#/ -]*")
MOBILE = re.compile(r"(?:0|82|\+82[ -]?|'?)(10)[-. ]?([0-9]{4})[-. ]?([0-9]{4})")
LOST_ZERO = re.compile(r"(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70)[0-9]{7,8}")
POWER = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")
PLAIN_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,62}@(?:[A-Za-z0-9-]{1,60}\.)+[A-Za-z]{2,20}"
)
SHORTEST_PHONE = 6  # digits: `(051)120`, the shortest that reaches a body from elsewhere
RESIDENT_NO = re.compile(r"[0-9]{6}\s*[-–]\s*[1-8][0-9*●]{6}")
DAY = re.compile(
    r"([0-9]{4})\s*[-./년]\s*([0-9]{1,2})\s*[-./월]\s*([0-9]{1,2})\s*[일.]?(?:[ T].*)?"
)
PACKED_DAY = re.compile(r"((?:18|19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
SERIAL = re.compile(r"([0-9]{1,5})(?:\.0+)?")
SERIAL_START = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, from 61 (1 March 1900) on; those before are off by one."""
FIRST_SERIAL, LAST_SERIAL = 61, 73_050  # to the end of 2099
SHORT_YEAR = re.compile(r"[0-9]{2}[-./]?[0-9]{2}[-./]?[0-9]{2}")
SEXES = {
    **dict.fromkeys(("", "미상", "-"), ""),
    **dict.fromkeys(("남", "남자", "남성", "m", "male"), "M"),
    **dict.fromkeys(("여", "여자", "여성", "f", "female"), "F"),
}
LANGUAGES = {
    **dict.fromkeys(("", "ko", "kor", "한국어", "한글", "국문", "korean"), "ko"),
    **dict.fromkeys(("en", "eng", "영어", "영문", "english"), "en"),
}
CHANNELS = {
    **dict.fromkeys(("문자", "sms", "문자메시지", "휴대전화"), "sms"),
    **dict.fromkeys(("이메일", "email", "메일", "전자우편"), "email"),
}


def name_cell(text: str, *, field: str = "name") -> str:
    """A name; a resident registration number is refused, wherever it stands (제24조의2)."""
    text = text.strip()
    if PLAIN_NAME.fullmatch(text):
        return text
    return text_cell(text, length=80, field=field)


def phone_cell(text: str, *, city: str) -> str:
    """E.164; numbers that a spreadsheet took for a number (1012345678) get their zero back."""
    text = text.strip()
    if not text:
        return ""
    if mobile := MOBILE.fullmatch(text):
        return "+82" + "".join(mobile.groups())
    if POWER.fullmatch(text):
        raise ContactNotReadable(
            "엑셀이 전화번호를 지수로 바꾸었습니다. 열을 ‘텍스트’로 바꿔 다시 저장해 주세요.",
            field="phone",
        )
    if LOST_ZERO.fullmatch(text) and (found := normalise_phone(f"0{text}")):
        return found
    if len(re.sub(r"[^0-9]", "", text)) < SHORTEST_PHONE:
        raise ContactNotReadable("전화번호를 다시 확인해 주세요.", field="phone")
    return reading.read_phone(text, area_code=AREA_CODES.get(city, ""))


def email_cell(text: str) -> str:
    text = text.strip()
    if len(text) <= 254 and ".." not in text and PLAIN_EMAIL.fullmatch(text):
        return text.lower()
    return reading.read_email(text)


def day_cell(text: str, *, field: str, today: date | None = None) -> date | None:
    """A day in one of the ways people and spreadsheets write it; not later than `today` if given.

    Years of two digits are not guessed.
    """
    text = text.strip()
    if not text:
        return None
    _no_resident_no(text, field)
    read = _day(text, field)
    if today is not None and not reading.OLDEST <= read <= today:
        raise CustomerNotValid("생년월일을 다시 확인해 주세요.", field=field)
    return read


def _day(text: str, field: str) -> date:
    if written := DAY.fullmatch(text) or PACKED_DAY.fullmatch(text):
        year, month, day = map(int, written.groups())
        try:
            return date(year, month, day)
        except ValueError:
            raise CustomerNotValid(
                "달력에 없는 날짜입니다. 다시 확인해 주세요.", field=field
            ) from None
    if (serial := SERIAL.fullmatch(text)) and FIRST_SERIAL <= int(serial[1]) <= LAST_SERIAL:
        return SERIAL_START + timedelta(days=int(serial[1]))
    if SHORT_YEAR.fullmatch(text):
        raise CustomerNotValid("연도를 네 자리로 적어 주세요. 예: 1990-03-01", field=field)
    raise CustomerNotValid("날짜를 2026-11-25처럼 적어 주세요.", field=field)


def word_cell(text: str, words: Mapping[str, str], *, field: str) -> str:
    """A code by one of the words for it."""
    found = words.get(text.strip().lower())
    if found is None:
        known = ", ".join(dict.fromkeys(_first_words(words)))
        raise CustomerNotValid(f"알 수 없는 값입니다. 쓸 수 있는 값: {known}", field=field)
    return found


def text_cell(text: str, *, length: int, field: str) -> str:
    """A text in one line; a longer one is refused, not cut."""
    _no_resident_no(text, field)
    if len(text) <= length and PLAIN_TEXT.fullmatch(text) and "  " not in text:
        return text.strip()
    read = reading.read_text(text, length=length + 1)
    if len(read) > length:
        raise CustomerNotValid(f"너무 깁니다. {length}자까지 적을 수 있습니다.", field=field)
    return read


def postcode_cell(text: str) -> str:
    """Five digits, a lost zero before four put back."""
    digits = text.strip()
    return reading.read_postcode(f"0{digits}" if re.fullmatch(r"[0-9]{4}", digits) else digits)


def _no_resident_no(text: str, field: str) -> str:
    if RESIDENT_NO.search(text):
        raise CustomerNotValid(
            "주민등록번호는 받을 수 없습니다. 지우고 다시 올려 주세요.", field=field
        )
    return text


def _first_words(words: Mapping[str, str]) -> list[str]:
    """Of each code the first word that says it."""
    firsts: dict[str, str] = {}
    for word, code in words.items():
        if word and code:
            firsts.setdefault(code, word)
    return list(firsts.values())
