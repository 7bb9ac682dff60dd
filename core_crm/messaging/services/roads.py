"""The city's roads out of the house, as somebody who sets them up wants to know them."""

from __future__ import annotations

from django.conf import settings

from core_crm.messaging.errors import GatewayUnavailable
from core_crm.messaging.selectors import sender_in_use
from core_crm.messaging.services.gateways import DemoMailbox, NoGateway, gateway_for
from core_crm.messaging.types import Channel, Road


def roads() -> tuple[Road, ...]:
    """Every channel as it is set up now; nothing is asked of a gateway."""
    return tuple(_road(channel) for channel in Channel)


def road_problem(channel: str) -> str:
    """Ask the gateway whether it is there, within ten seconds; "" when it is, else why not."""
    try:
        gateway_for(channel).check()
    except GatewayUnavailable as away:
        return away.message
    return ""


def _road(channel: Channel) -> Road:
    gateway = gateway_for(channel)
    is_there, is_demo = not isinstance(gateway, NoGateway), isinstance(gateway, DemoMailbox)
    own, general = sender_in_use(channel), _general(channel) if is_there else ""
    return Road(
        channel=channel.value,
        gateway=gateway.name if is_there else "",
        sender=own or general,
        is_own=bool(own),
        lacks_sender=is_there and not is_demo and not (own or general),
    )


def _general(channel: Channel) -> str:
    """The address of the whole deployment, for cities that have none of their own."""
    is_sms = channel == Channel.SMS
    return str(settings.SODAM_SMS_SENDER if is_sms else settings.SODAM_SMTP_SENDER)
