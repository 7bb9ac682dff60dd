"""The letter with somebody's way in, when letters can leave at all."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from core_crm.messaging.services.gateways import NoGateway, gateway_for
from core_crm.messaging.services.holding import held_because
from core_crm.messaging.services.queueing import message_queue
from core_crm.messaging.types import Channel, Recipient
from core_crm.staff.types import Invitation
from tenants.context import current_city

TEMPLATE = "staff_invitation"


def invitation_mail(invitation: Invitation, *, now: datetime) -> bool:
    """Write the letter in the caller's transaction; False when none can leave this city.

    Then the link is to be shown to whoever invites, once: it never lies in an outbox where it
    would wait for others to read it.
    """
    if not letters_leave():
        return False
    message_queue(
        recipient=Recipient(Channel.EMAIL, invitation.email, language=invitation.language),
        template=TEMPLATE,
        context=_context(invitation),
        about=("official", invitation.official_id),
        is_fresh=True,  # the instant of the invitation is in its key
        dedup_key=f"invitation:{invitation.official_id}:{invitation.made_at.isoformat()}",
        now=now,
    )
    return True


def letters_leave() -> bool:
    """Does mail of this city go out: a gateway is there, and it is no trial?"""
    return not held_because() and not isinstance(gateway_for(Channel.EMAIL), NoGateway)


def _context(invitation: Invitation) -> dict[str, str]:
    until = timezone.localtime(invitation.expires_at)
    city = current_city()
    return {
        "name": invitation.name,
        "url": invitation.url,
        "expires_at": f"{until:%Y-%m-%d %H:%M}",
        "city_name": city.name_en if invitation.language == "en" else city.name_ko,
        "city_short_name": city.short_name_ko,
    }
