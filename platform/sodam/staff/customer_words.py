"""Words for what is known of customers: one list for every page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.common.districts import district_name
from core_crm.common.personal_data import mask_email, mask_name, mask_phone, show_phone
from core_crm.customers.selectors import ListedWord, age_on
from core_crm.customers.types import (
    ConsentPurpose,
    ConsentSource,
    ContactKind,
    HouseholdRole,
    MemberRole,
    OrganisationKind,
    RelationKind,
    Sex,
)
from sodam.staff.labels import Sign
from sodam.ui import words
from sodam.ui.words import is_english

Words = dict[str, str | Promise]

SEXES: Words = {Sex.FEMALE: gettext_lazy("여성"), Sex.MALE: gettext_lazy("남성")}
LANGUAGES: Words = {"ko": gettext_lazy("한국어"), "en": gettext_lazy("영어")}
ORGANISATIONS: Words = {
    OrganisationKind.COMPANY: gettext_lazy("기업"),
    OrganisationKind.ASSOCIATION: gettext_lazy("협회·조합"),
    OrganisationKind.INSTITUTION: gettext_lazy("기관·시설"),
    OrganisationKind.GROUP: gettext_lazy("단체·모임"),
    OrganisationKind.OTHER: gettext_lazy("그 밖"),
}
MEMBERS: Words = {
    MemberRole.REPRESENTATIVE: gettext_lazy("대표"),
    MemberRole.CONTACT: gettext_lazy("담당"),
    MemberRole.MEMBER: gettext_lazy("구성원"),
}
CONTACTS: dict[str, Sign] = {
    ContactKind.MOBILE: Sign(gettext_lazy("휴대전화"), "phone"),
    ContactKind.HOME: Sign(gettext_lazy("집 전화"), "home"),
    ContactKind.WORK: Sign(gettext_lazy("직장 전화"), "building"),
    ContactKind.FAX: Sign(gettext_lazy("팩스"), "print"),
    ContactKind.EMAIL: Sign(gettext_lazy("이메일"), "mail"),
}
HOUSEHOLD: Words = {
    HouseholdRole.HEAD: gettext_lazy("세대주"),
    HouseholdRole.MEMBER: gettext_lazy("세대원"),
}
RELATIONS: Words = {
    RelationKind.GUARDIAN: gettext_lazy("보호자"),
    RelationKind.PROXY: gettext_lazy("대리인"),
    RelationKind.PARENT: gettext_lazy("부모"),
    RelationKind.SPOUSE: gettext_lazy("배우자"),
    RelationKind.CARER: gettext_lazy("돌보는 사람"),
    RelationKind.OTHER: gettext_lazy("그 밖의 관계"),
}
PURPOSES: Words = {
    ConsentPurpose.SERVICE: gettext_lazy("서비스 안내"),
    ConsentPurpose.SURVEY: gettext_lazy("설문"),
    ConsentPurpose.MARKETING: gettext_lazy("광고 (낮)"),
    ConsentPurpose.MARKETING_NIGHT: gettext_lazy("광고 (밤)"),
}
CHANNELS: dict[str, Sign] = {
    "sms": Sign(gettext_lazy("문자"), "chat"),
    "email": Sign(gettext_lazy("이메일"), "mail"),
    "phone": Sign(gettext_lazy("전화"), "phone"),
    "post": Sign(gettext_lazy("우편"), "inbox"),
}
CONSENT_SOURCES: Words = {
    ConsentSource.CONSENT_CENTRE: gettext_lazy("시민이 동의 화면에서"),
    ConsentSource.FILING: gettext_lazy("의견을 낼 때"),
    ConsentSource.OFFICIAL: gettext_lazy("담당자가 적음"),
    ConsentSource.CALL: gettext_lazy("전화로"),
    ConsentSource.IMPORT: gettext_lazy("일괄 등록으로"),
    ConsentSource.MESSAGE: gettext_lazy("받은 메시지에서"),
    ConsentSource.MERGE: gettext_lazy("병합하면서"),
}
SOURCES: Words = {
    "portal": gettext_lazy("누리집"),
    "counter": gettext_lazy("방문"),
    "visit": gettext_lazy("방문"),
    "phone": gettext_lazy("전화"),
    "call": gettext_lazy("전화"),
    "email": gettext_lazy("이메일"),
    "letter": gettext_lazy("우편"),
    "sms": gettext_lazy("문자"),
    "api": gettext_lazy("연계"),
    "import": gettext_lazy("일괄 등록"),
    "staff": gettext_lazy("담당자 등록"),
}
FIELDS: Words = {
    "contact": gettext_lazy("연락처"),
    "contacts": gettext_lazy("연락처"),
    "segments": gettext_lazy("세그먼트"),
    "name": gettext_lazy("이름"),
    "phone": gettext_lazy("휴대전화"),
    "email": gettext_lazy("이메일"),
    "birth_on": gettext_lazy("생년월일"),
    "sex": gettext_lazy("성별"),
    "address": gettext_lazy("주소"),
    "district_code": gettext_lazy("행정동"),
}
DECADE = 10


def word_of(known: Words, code: str) -> str:
    """The word of a code; the code itself where there is none."""
    return str(known.get(code, code))


def listed(word: ListedWord | None, code: str) -> str:
    """A word of a list that the city keeps, in the reader's language."""
    if word is None:
        return code
    return word.label_en if is_english() else word.label_ko


def name_of(name: str, *, is_open: bool = False) -> str:
    """A person's name, covered unless it was opened."""
    if not name:
        return _("이름 없음")
    return name if is_open else mask_name(name)


def phone_of(phone: str, *, is_open: bool = False) -> str:
    return show_phone(phone) if is_open else mask_phone(phone)


def email_of(email: str, *, is_open: bool = False) -> str:
    return email if is_open else mask_email(email)


def birth_of(born: date | None, *, today: date, is_open: bool = False) -> str:
    """`1968년생 · 50대`; opened, the day itself and the age."""
    if born is None:
        return ""
    age = age_on(born, today)
    if is_open:
        return _("%(day)s (만 %(age)s세)") % {"day": words.bare_date(born), "age": age}
    return _("%(year)s년생 · %(decade)s") % {"year": born.year, "decade": decade_of(age)}


def decade_of(age: int) -> str:
    """`50대`; under ten `10세 미만`."""
    if age < DECADE:
        return _("10세 미만")
    return _("%(age)s대") % {"age": age // DECADE * DECADE}


def home_of(citizen: Any, *, is_open: bool = False) -> str:
    """Where they live: the neighbourhood only; opened, the address."""
    if is_open and citizen.address:
        parts = (f"({citizen.postcode})" if citizen.postcode else "", citizen.address)
        return " ".join(part for part in (*parts, citizen.address_detail) if part)
    if citizen.district_code:
        return district_name(citizen.district_code)
    return _("주소 가림") if citizen.address else ""


def span_of(start: date | None, end: date | None) -> str:
    """`2025. 3. 1. – 2026. 2. 1.`, or from when, or until when; "" for neither."""
    if start and end:
        return f"{words.bare_date(start)} – {words.bare_date(end)}"
    if start:
        return _("%(day)s부터") % {"day": words.bare_date(start)}
    return _("%(day)s까지") % {"day": words.bare_date(end)} if end else ""
