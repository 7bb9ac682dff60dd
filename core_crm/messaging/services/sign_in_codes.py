"""The message that carries a one-time code: to the contact, at once, and naming nobody.

It does not name its citizen, so that it stands in nobody's history where an official might read
it while it lasts.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core_crm.messaging.services.queueing import message_write
from core_crm.messaging.types import Purpose, Recipient, Rendered
from tenants.context import current_city

TEMPLATE = ABOUT = "sign_in_code"


def sign_in_code_send(
    code_id: UUID, digits: str, *, channel: str, address: str, language: str = "ko", now: datetime
) -> None:
    """Write it, in the caller's transaction. Raises RecipientNotReachable."""
    message_write(
        Recipient(channel, address, language=language),
        _text(digits, language),
        template=TEMPLATE,
        about=(ABOUT, code_id),
        dedup_key=f"{ABOUT}:{code_id}",
        now=now,
    )


def _text(digits: str, language: str) -> Rendered:
    """Short enough for one text message of 90 bytes."""
    city = current_city()
    if language == "en":
        subject = f"[{city.name_en}] Your code"
        body = f"[{city.name_en}] Code {digits}. Valid 5 minutes. Tell it to nobody."
    else:
        subject = f"[{city.short_name_ko}] 본인 확인 번호"
        body = (
            f"[{city.short_name_ko}] 본인 확인 번호 {digits} (5분 동안). 남에게 알려 주지 마세요."
        )
    return Rendered(subject, body, Purpose.SERVICE_INFO)
