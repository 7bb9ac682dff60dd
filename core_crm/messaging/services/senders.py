"""The city's own addresses: note one, choose which goes out, let one go, try one on oneself."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.calendars import SEOUL
from core_crm.messaging.errors import SenderInUse, SenderNotValid
from core_crm.messaging.models import OutgoingMessage, Sender
from core_crm.messaging.services.queueing import message_write
from core_crm.messaging.types import Channel, Recipient, Rendered, SenderDraft
from core_crm.staff.models import Official
from tenants.context import current_city
from tenants.isolation.ids import uuid7

SUBJECT = "sender"
NUMBER = re.compile(r"0[0-9]{7,10}|1[0-9]{3}[0-9]{4}|1[0-9]{2}")
NOT_DIGIT = re.compile(r"[\s()·.-]")
TEST = "sender_test"


@transaction.atomic
def sender_add(draft: SenderDraft, *, by: Official, now: datetime) -> Sender:
    """Note an address; the first of its channel goes out from now on. Raises SenderNotValid."""
    address = _address(draft)
    _check_evidence(draft, today=now.astimezone(SEOUL).date())
    if Sender.objects.filter(channel=draft.channel, address=address).exists():
        raise SenderNotValid("이미 적혀 있는 주소입니다.", field="address")
    is_first = not Sender.objects.filter(channel=draft.channel, is_used=True).exists()
    sender = Sender.objects.create(
        channel=draft.channel,
        address=address,
        name=draft.name.strip(),
        evidence=draft.evidence.strip(),
        registered_on=draft.registered_on,
        is_used=is_first,
        added_at=now,
        added_by_name=by.name,
    )
    _note(sender, "added", by=by, now=now)
    return sender


@transaction.atomic
def sender_use(sender: Sender, *, by: Official, now: datetime) -> None:
    """From now on messages of its channel go out from this address."""
    Sender.objects.filter(channel=sender.channel, is_used=True).update(is_used=False)
    sender.is_used = True
    sender.save(update_fields=["is_used"])
    _note(sender, "chosen", by=by, now=now)


@transaction.atomic
def sender_remove(sender: Sender, *, by: Official, now: datetime) -> None:
    """Let an address go that does not go out. Raises SenderInUse."""
    if sender.is_used:
        raise SenderInUse("쓰고 있는 주소입니다. 다른 주소를 쓰게 한 다음 빼 주세요.")
    _note(sender, "removed", by=by, now=now)
    sender.delete()


@transaction.atomic
def sender_test(channel: str, *, by: Official, now: datetime) -> OutgoingMessage:
    """Write a message to oneself, by the usual road: the outbox tells what became of it.

    In a trial it stays in the outbox. Raises RecipientNotReachable for somebody without a number.
    """
    address = by.phone if channel == Channel.SMS else str(by.user.email)
    city = current_city()
    words = f"[{city.name_ko}] 소담 발신 시험입니다. 이 글이 보이면 잘 나간 것입니다."
    return message_write(
        Recipient(channel, address, by.language),
        Rendered(subject=f"[{city.name_ko}] 소담 발신 시험", body=words, purpose="service_info"),
        template=TEST,
        about=(SUBJECT, by.id),
        dedup_key=f"{TEST}:{uuid7()}",
        now=now,
    )


def _address(draft: SenderDraft) -> str:
    """A number in digits, or a mail address in small letters. Raises SenderNotValid."""
    given = draft.address.strip()
    if draft.channel == Channel.SMS:
        number = NOT_DIGIT.sub("", given)
        if not NUMBER.fullmatch(number):
            raise SenderNotValid("전화번호를 051-000-0000처럼 적어 주세요.", field="address")
        return number
    try:
        validate_email(given)
    except ValidationError as wrong:
        said = "전자우편 주소를 no-reply@city.example처럼 적어 주세요."
        raise SenderNotValid(said, field="address") from wrong
    return given.lower()


def _check_evidence(draft: SenderDraft, *, today: date) -> None:
    """A number without a paper that says whose it is may not be sent from."""
    if draft.registered_on and draft.registered_on > today:
        raise SenderNotValid("등록일이 오늘보다 뒤입니다.", field="registered_on")
    if draft.channel != Channel.SMS:
        return
    if not draft.evidence.strip():
        raise SenderNotValid("등록 증빙을 적어 주세요.", field="evidence")
    if draft.registered_on is None:
        raise SenderNotValid("통신사에 등록한 날을 적어 주세요.", field="registered_on")


def _note(sender: Sender, act: str, *, by: Official, now: datetime) -> None:
    audit_append(
        f"sender.{act}",
        actor=Actor(by.id, by.name),
        subject_kind=SUBJECT,
        subject_id=sender.id,
        now=now,
        facts={"channel": sender.channel, "address": sender.address},
    )
