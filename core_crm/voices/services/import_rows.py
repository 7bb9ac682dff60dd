"""One row of an office's file as a voice: markup to text, dates in every form, contacts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core_crm.calendars import SEOUL
from core_crm.common.personal_data import normalise_phone
from core_crm.common.safe_text import html_to_text
from core_crm.voices.types import CitizenDraft, Outcome, VoiceChannel, VoiceDraft

PICTURE = re.compile(r"<img\b", re.IGNORECASE)
LONGEST_EMAIL = 254
PICTURE_ONLY = "(글 없이 그림만 있는 의견입니다.)"
DATE = re.compile(
    r"(?P<year>\d{4})\s*[-./년]\s*(?P<month>\d{1,2})\s*[-./월]\s*(?P<day>\d{1,2})\s*[일.]?"
    r"(?:[T\s]*(?P<half>오전|오후|AM|PM)?\s*(?P<hour>\d{1,2})\s*[:시]\s*(?P<minute>\d{1,2})\s*분?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*초?)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
STATUSES = {
    Outcome.ANSWERED: (
        "답변완료",
        "처리완료",
        "완료",
        "답변",
        "종결",
        "answered",
        "closed",
        "done",
    ),
    Outcome.UNABLE: ("처리불가", "불가", "반려", "불수용", "미채택", "unable", "rejected"),
    Outcome.WITHDRAWN: ("취하", "철회", "취소", "withdrawn"),
    Outcome.TRANSFERRED: ("이송", "이첩", "타기관이송", "transferred"),
}
OPEN_STATUSES = (
    "",
    "접수",
    "신규",
    "대기",
    "진행중",
    "처리중",
    "배정",
    "검토중",
    "received",
    "open",
)


class RowRefused(Exception):
    """Why a row cannot be taken in, in Korean for the error file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class ImportedVoice:
    """A row ready to be saved. `contact_as_written` is kept when it could not be read as one."""

    draft: VoiceDraft
    outcome: Outcome = Outcome.NONE
    answer: str = ""
    answered_at: datetime | None = None
    contact_as_written: str = ""


def row_read(given: Mapping[str, str], *, extra: Mapping[str, str], now: datetime) -> ImportedVoice:
    """The row as a voice. Raises RowRefused for an empty text, a date that is none or to come."""
    title = html_to_text(given.get("title", ""))
    body = _body(given.get("body", "")) or title
    if not body:
        raise RowRefused("내용과 제목이 모두 비어 있습니다")
    received_at = moment_read(given.get("received_at", ""), column="접수일시") or now
    if received_at > now:
        raise RowRefused("접수일시가 지금보다 뒤입니다")
    phone, email, unread = _contacts(given.get("phone", ""), given.get("email", ""))
    draft = VoiceDraft(
        title=title,
        body=body,
        channel=VoiceChannel.IMPORT,
        citizen=CitizenDraft(html_to_text(given.get("name", "")), phone=phone, email=email),
        category=given.get("category", "").strip(),
        service_code=given.get("service_code", "").strip(),
        location=html_to_text(given.get("location", "")),
        attributes={name: value for name, value in extra.items() if value.strip()},
        language="en" if given.get("language", "").strip().lower() == "en" else "ko",
        received_at=received_at,
    )
    outcome = _outcome(given.get("status", ""), has_answer=bool(given.get("answer", "").strip()))
    answered_at = moment_read(given.get("answered_at", ""), column="답변일시")
    return ImportedVoice(
        draft=draft,
        outcome=outcome,
        answer=html_to_text(given.get("answer", "")),
        answered_at=min(max(answered_at or received_at, received_at), now),
        contact_as_written=unread,
    )


def moment_read(text: str, *, column: str) -> datetime | None:
    """`2019-08-31 15:35:26.0`, `2019. 8. 31. 오후 3:35`, `20190831`; None for nothing.

    Korea's clock unless a zone is written; a day alone is its first minute of office, 09:00.
    """
    text = text.strip()
    if not text:
        return None
    compact = COMPACT.fullmatch(text)
    found = DATE.fullmatch(text)
    try:
        if compact:
            return _compact(*compact.groups())
        if found:
            return _written(found)
    except ValueError:
        pass  # a day or an hour that does not exist: told below
    raise RowRefused(f"‘{column}’을 날짜로 읽을 수 없습니다: {text[:40]}")


def _compact(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None
) -> datetime:
    at = time(int(hour), int(minute or 0), int(second or 0)) if hour else time(9)
    return datetime(int(year), int(month), int(day), at.hour, at.minute, at.second, tzinfo=SEOUL)


def _written(found: re.Match[str]) -> datetime:
    part = found.groupdict()
    hour = 9 if part["hour"] is None else int(part["hour"])
    if part["half"] in ("오후", "PM") and hour < 12:
        hour += 12
    if part["half"] in ("오전", "AM") and hour == 12:
        hour = 0
    at = datetime(
        int(part["year"]),
        int(part["month"]),
        int(part["day"]),
        hour,
        int(part["minute"] or 0),
        int(part["second"] or 0),
        tzinfo=SEOUL,
    )
    if part["zone"]:
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{part['zone']}").tzinfo
        return at.replace(tzinfo=zone)
    return at


def _body(source: str) -> str:
    text = html_to_text(source)
    return text or (PICTURE_ONLY if PICTURE.search(source) else "")


def _contacts(phone: str, email: str) -> tuple[str, str, str]:
    """Phone and e-mail that can be used, and what was written but could not be."""
    phone, email = phone.strip(), email.strip()
    unread = []
    if phone and not normalise_phone(phone):
        unread.append(phone)
        phone = ""
    if email and not _is_email(email):
        unread.append(email)
        email = ""
    return phone, email, ", ".join(unread)


def _is_email(text: str) -> bool:
    if len(text) > LONGEST_EMAIL:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _outcome(status: str, *, has_answer: bool) -> Outcome:
    word = re.sub(r"\s", "", status).lower()
    for outcome, words in STATUSES.items():
        if word in words:
            return outcome
    if word in OPEN_STATUSES:
        return Outcome.ANSWERED if has_answer and not word else Outcome.NONE
    raise RowRefused(f"처리상태를 알 수 없습니다: {status.strip()[:40]}")
