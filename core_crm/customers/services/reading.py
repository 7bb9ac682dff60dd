"""Names, contacts, numbers and days as people write them, in the form in which they are kept."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator, validate_email

from core_crm.common.personal_data import normalise_phone
from core_crm.common.safe_text import tidy
from core_crm.customers.errors import ContactNotReadable, CustomerNotValid
from core_crm.customers.models import DISTRICT_PATTERN, E164_PATTERN
from core_crm.customers.types import ContactChannel, Sex

E164 = re.compile(E164_PATTERN)
DISTRICT = re.compile(DISTRICT_PATTERN)
POSTCODE = re.compile(r"[0-9]{5}")
OLDEST = date(1890, 1, 1)
LANGUAGES = ("ko", "en")
validate_length = MaxLengthValidator(254)
validate_website_length = MaxLengthValidator(200)
validate_url = URLValidator(schemes=["http", "https"])


def read_name(text: str, *, length: int = 80) -> str:
    """One Unicode form, single spaces: 김 철수 typed on a Mac and on Windows is one name."""
    return " ".join(tidy(text).split())[:length]


def read_phone(text: str, *, area_code: str = "") -> str:
    """E.164. Raises ContactNotReadable for what no carrier could reach."""
    if not text.strip():
        return ""
    phone = normalise_phone(text, area_code=area_code)
    if not E164.fullmatch(phone):
        raise ContactNotReadable("전화번호를 다시 확인해 주세요.", field="phone")
    return phone


def read_email(text: str) -> str:
    """In small letters. Raises ContactNotReadable."""
    address = text.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
        validate_length(address)
    except ValidationError as wrong:
        raise ContactNotReadable("이메일 주소를 다시 확인해 주세요.", field="email") from wrong
    return address


def read_channel(wanted: str, *, phone: str, email: str) -> str:
    """The wanted channel if the citizen can be reached by it, else the one that reaches them."""
    contacts = {ContactChannel.SMS.value: phone, ContactChannel.EMAIL.value: email}
    if contacts.get(wanted):
        return wanted
    return ContactChannel.SMS if phone else ContactChannel.EMAIL


def read_birth(born: date | None, *, today: date) -> date | None:
    """Raises CustomerNotValid for a day to come, or of a person older than anybody."""
    if born is not None and not OLDEST <= born <= today:
        raise CustomerNotValid("생년월일을 다시 확인해 주세요.", field="birth_on")
    return born


def read_choice(value: str, known: tuple[str, ...], *, field: str) -> str:
    """A code out of those known. Raises CustomerNotValid."""
    if value not in known:
        raise CustomerNotValid("알 수 없는 값입니다. 목록에서 골라 주세요.", field=field)
    return value


def read_sex(value: str) -> str:
    return read_choice(value, ("", *Sex), field="sex")


def read_language(value: str) -> str:
    return read_choice(value, LANGUAGES, field="language")


def read_postcode(text: str) -> str:
    """Five digits. Raises CustomerNotValid."""
    postcode = text.strip()
    if postcode and not POSTCODE.fullmatch(postcode):
        raise CustomerNotValid("우편번호는 숫자 다섯 자리입니다.", field="postcode")
    return postcode


def read_district(code: str) -> str:
    """Ten digits. Raises CustomerNotValid."""
    if code and not DISTRICT.fullmatch(code):
        raise CustomerNotValid("행정구역 코드는 숫자 열 자리입니다.", field="district_code")
    return code


def read_text(text: str, *, length: int) -> str:
    return " ".join(tidy(text).split())[:length]


def read_registration_no(text: str) -> str:
    """A business (10 digits) or corporation number (13). Raises CustomerNotValid."""
    digits = re.sub(r"[\s-]", "", text)
    if digits and not re.fullmatch(r"[0-9]{10}|[0-9]{13}", digits):
        raise CustomerNotValid(
            "사업자등록번호 열 자리나 법인등록번호 열세 자리를 적어 주세요.",
            field="registration_no",
        )
    return digits


def read_website(text: str) -> str:
    """An address of the web; one without its scheme gets https. Raises CustomerNotValid."""
    address = text.strip()
    if not address:
        return ""
    address = address if "://" in address else f"https://{address}"
    try:
        validate_url(address)
        validate_website_length(address)
    except ValidationError as wrong:
        raise CustomerNotValid("누리집 주소를 다시 확인해 주세요.", field="website") from wrong
    return address
