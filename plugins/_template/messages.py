"""A way out for text messages: the carrier this government has a contract with."""

from __future__ import annotations

import json
from http.client import HTTPSConnection

from customization.plugin_api import Gateway, OutgoingText, configured
from plugins._template.config import Config

TIMEOUT_SECONDS = 5.0


def send(message: OutgoingText) -> str:
    """Hand a message over; the carrier's own number of it. Raises OSError: it is tried again.

    `message.key` is the same at every try, so the carrier can tell a second one from a new one.
    """
    host = configured(Config).carrier_host
    if not host:
        raise OSError("no carrier is set")
    connection = HTTPSConnection(host, timeout=TIMEOUT_SECONDS)
    body = {"id": message.key, "to": message.to, "text": message.body}
    connection.request("POST", "/messages", json.dumps(body), {"Idempotency-Key": message.key})
    answer = connection.getresponse()
    if answer.status != 200:
        raise OSError(f"the carrier answered {answer.status}")
    return str(json.loads(answer.read())["number"])


CARRIER = Gateway(
    code="carrier", label_ko="문자 사업자", label_en="Text carrier", channel="sms", send=send
)
