"""No gateway configured: it says so, and notices wait, because an operator can mend it."""

from __future__ import annotations

from typing import NoReturn

from core_crm.messaging.errors import GatewayMissing
from core_crm.messaging.types import Channel, Outgoing, Receipt

SETTING = {Channel.EMAIL: "SODAM_SMTP_HOST", Channel.SMS: "SODAM_SMS_GATEWAY_URL"}


class NoGateway:
    """Stands where a gateway is missing and names the setting that would bring one."""

    name = "none"
    can_look_up = True
    settling_seconds = 10

    def __init__(self, channel: str) -> None:
        self._setting = SETTING[Channel(channel)]

    def send(self, outgoing: Outgoing) -> Receipt:
        self.check()

    def check(self) -> NoReturn:
        raise GatewayMissing(
            f"발송 통로가 설정되지 않았습니다({self._setting}).", setting=self._setting
        )

    def look_up(self, client_reference: str) -> Receipt | None:
        return None
