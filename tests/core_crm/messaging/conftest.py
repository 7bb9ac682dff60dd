"""Fixtures of the messaging tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.core_crm.messaging.kit import (
    MailServer,
    SmsGateway,
    mail_server,
    own_templates,
    sms_gateway,
)


@pytest.fixture(autouse=True)
def templates() -> Iterator[None]:
    with own_templates():
        yield


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    """E-mail goes to a real SMTP server."""
    with mail_server() as server:
        settings.SODAM_SMTP_HOST, settings.SODAM_SMTP_PORT = "127.0.0.1", server.port
        settings.SODAM_SMTP_SECURITY = "none"
        settings.SODAM_SMTP_SENDER = "noreply@busan.example"
        yield server


@pytest.fixture
def sms(settings: Any) -> Iterator[SmsGateway]:
    """Text messages go to a real HTTP gateway."""
    with sms_gateway() as gateway:
        settings.SODAM_SMS_GATEWAY_URL = gateway.url
        settings.SODAM_SMS_GATEWAY_TOKEN = "key"
        settings.SODAM_SMS_SENDER = "0510000120"
        yield gateway
