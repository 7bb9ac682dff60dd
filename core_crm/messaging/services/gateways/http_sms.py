"""Text messages through an HTTP gateway; the protocol is in docs/reference/messaging.md."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

from core_crm.messaging.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from core_crm.messaging.selectors import sender_in_use
from core_crm.messaging.services.measuring import sms_kind
from core_crm.messaging.types import Channel, Outgoing, Receipt

TIMEOUT_SECONDS = 10
MAX_ANSWER_BYTES = 64 * 1024
SURELY_NOT_TAKEN = (429, 503)  # the gateway says it has not worked on the request
ALREADY_TAKEN = 409
CHECKED = "sodam-check"

Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class HttpSmsGateway:
    """Hands a message in under our reference and can ask about it by the same reference."""

    url: str
    token: str = field(repr=False)
    sender: str

    name = "http_sms"
    can_look_up = True
    settling_seconds = 60

    @classmethod
    def from_settings(cls) -> HttpSmsGateway:
        return cls(
            url=settings.SODAM_SMS_GATEWAY_URL,
            token=settings.SODAM_SMS_GATEWAY_TOKEN,
            sender=sender_in_use(Channel.SMS) or settings.SODAM_SMS_SENDER,
        )

    def send(self, outgoing: Outgoing) -> Receipt:
        kind = sms_kind(outgoing.body)
        status, answer = self._ask(
            "POST",
            "/messages",
            {
                "reference": outgoing.client_reference,
                "from": self.sender,
                "to": outgoing.address,
                "kind": kind.value,
                "text": outgoing.body,
            },
        )
        if status < 300 or status == ALREADY_TAKEN:
            return _receipt(answer)
        if status in SURELY_NOT_TAKEN:
            raise GatewayUnavailable(f"문자 통로가 지금 받지 않습니다({status}).", status=status)
        if status < 500:
            raise GatewayRefused(f"문자 통로가 거절했습니다({status}).", status=status)
        raise GatewayUnclear(f"문자 통로가 받았는지 알 수 없습니다({status}).", status=status)

    def check(self) -> None:
        """Ask about a reference of nobody: that it does not know it is the right answer."""
        self.look_up(CHECKED)

    def look_up(self, client_reference: str) -> Receipt | None:
        path = f"/messages/{quote(client_reference, safe='')}"
        try:
            status, answer = self._ask("GET", path, None)
        except GatewayUnclear as broken:
            raise GatewayUnavailable("문자 통로에 물어보지 못했습니다.") from broken
        if status == 404:
            return None
        if status >= 300:
            raise GatewayUnavailable(f"문자 통로에 물어보지 못했습니다({status}).", status=status)
        return _receipt(answer)

    def _ask(self, method: str, path: str, body: dict[str, str] | None) -> Answer:
        address = urlsplit(self.url)
        line = _line_to(address)
        try:
            line.connect()
        except OSError as broken:
            raise GatewayUnavailable(
                f"문자 통로에 연결하지 못했습니다({type(broken).__name__})."
            ) from broken
        try:
            line.request(method, address.path.rstrip("/") + path, _json(body), self._headers())
            answer = line.getresponse()
            return answer.status, _parsed(answer.read(MAX_ANSWER_BYTES))
        except (OSError, http.client.HTTPException) as broken:
            raise GatewayUnclear("문자 통로가 받았는지 알 수 없습니다.") from broken
        finally:
            line.close()

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        return headers | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def _line_to(address: SplitResult) -> http.client.HTTPConnection:
    made = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    return made(address.hostname or "", address.port, timeout=TIMEOUT_SECONDS)


def _json(body: dict[str, str] | None) -> bytes | None:
    return None if body is None else json.dumps(body, ensure_ascii=False).encode()


def _parsed(content: bytes) -> dict[str, Any]:
    """The answer's object; a gateway that answers something else still said its status."""
    try:
        answer = json.loads(content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _receipt(answer: dict[str, Any]) -> Receipt:
    return Receipt(
        gateway_ref=str(answer.get("id", "")), is_delivered=answer.get("state") == "delivered"
    )
