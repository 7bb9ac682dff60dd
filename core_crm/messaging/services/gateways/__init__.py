"""The roads out of the house, and which one serves a channel of the city being served."""

from __future__ import annotations

from django.conf import settings

from core_crm.messaging.services.gateways.demo_mailbox import DemoMailbox
from core_crm.messaging.services.gateways.http_sms import HttpSmsGateway
from core_crm.messaging.services.gateways.none import NoGateway
from core_crm.messaging.services.gateways.of_plugin import PluginGateway
from core_crm.messaging.services.gateways.smtp import SmtpGateway
from core_crm.messaging.types import Channel, Gateway
from tenants.context import current_city

__all__ = [
    "DemoMailbox",
    "HttpSmsGateway",
    "NoGateway",
    "PluginGateway",
    "SmtpGateway",
    "gateway_for",
]


def gateway_for(channel: str) -> Gateway:
    """The city's own, if the operator named one; else the deployment's; else the demo mailbox in
    demo mode; else one that says what lacks.
    """
    own = settings.SODAM_CITY_GATEWAYS.get((current_city().code, channel))
    if own:
        return PluginGateway.named(own, channel=channel)
    if channel == Channel.EMAIL and settings.SODAM_SMTP_HOST:
        return SmtpGateway.from_settings()
    if channel == Channel.SMS and settings.SODAM_SMS_GATEWAY_URL:
        return HttpSmsGateway.from_settings()
    return DemoMailbox() if settings.DEMO_MODE else NoGateway(channel)
