"""The roads out of the house, and which one serves a channel in this deployment."""

from __future__ import annotations

from django.conf import settings

from core_crm.messaging.services.gateways.demo_mailbox import DemoMailbox
from core_crm.messaging.services.gateways.http_sms import HttpSmsGateway
from core_crm.messaging.services.gateways.none import NoGateway
from core_crm.messaging.services.gateways.smtp import SmtpGateway
from core_crm.messaging.types import Channel, Gateway

__all__ = ["DemoMailbox", "HttpSmsGateway", "NoGateway", "SmtpGateway", "gateway_for"]


def gateway_for(channel: str) -> Gateway:
    """The configured gateway; else the demo mailbox in demo mode; else one that says what lacks."""
    if channel == Channel.EMAIL and settings.SODAM_SMTP_HOST:
        return SmtpGateway.from_settings()
    if channel == Channel.SMS and settings.SODAM_SMS_GATEWAY_URL:
        return HttpSmsGateway.from_settings()
    return DemoMailbox() if settings.DEMO_MODE else NoGateway(channel)
