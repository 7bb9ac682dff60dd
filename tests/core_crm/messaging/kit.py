"""What stands outside the house in these tests: a mail server, an SMS gateway, templates."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from uuid import UUID

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from core_crm.customers.models import Citizen
from core_crm.customers.services import citizen_register, consent_set
from core_crm.customers.types import CitizenDraft
from core_crm.extension_points import Document, DocumentMissing, documents
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services import message_queue
from core_crm.messaging.types import Lane, Recipient

ABOUT = ("voice", UUID("01890000-0000-7000-8000-000000000001"))
PHONE = "+821000001234"
TEMPLATE = {
    "title": "시험 양식",
    "texts": {
        "ko": {
            "subject": "[((city))] ((ref)) 답변",
            "email": "((name)) 님,\n\n((ref)) 민원에 답변드렸습니다.\n",
            "sms": "[((city))] ((ref)) 답변드렸습니다.",
        },
        "en": {"subject": "Answer to ((ref))", "email": "Dear ((name))", "sms": ""},
    },
}
LONG = {
    "purpose": "statutory_notice",
    "texts": {"ko": {"sms": "((ref))\nhttps://busan.example/t", "sms_shortens": ["ref"]}},
}
TEMPLATES = {"answer": TEMPLATE, "long": LONG}
CONTEXT = {"city": "부산광역시", "ref": "BS-2611-7K4M-3", "name": "김*철"}


class OwnTemplates:
    """A city whose only templates are those above."""

    def get(self, kind: str, code: str) -> Document:
        if kind != "template" or code not in TEMPLATES:
            raise DocumentMissing("그런 기준 문서가 없습니다.", kind=kind, code=code)
        body = TEMPLATES[code]
        return Document.of(kind, code, body, version="test")

    def codes(self, kind: str) -> list[str]:
        return sorted(TEMPLATES) if kind == "template" else []


@contextmanager
def own_templates() -> Iterator[None]:
    """The standard model is the templates above."""
    shipped, documents.standard = documents.standard, OwnTemplates()
    try:
        yield
    finally:
        documents.standard = shipped


def queued(
    key: str,
    *,
    now: datetime,
    channel: str = "sms",
    purpose: str = "service_info",
    lane: str = Lane.TRANSACTIONAL,
    citizen: Citizen | None = None,
) -> OutgoingMessage:
    """Queue the test's template for an invented citizen, who agrees to advertising if it is."""
    if citizen is None and purpose == "promotion":
        citizen = agreeing(channel, now=now)
    address = PHONE if channel == "sms" else f"{key}@citizen.example"
    return message_queue(
        recipient=Recipient(channel, address),
        template="answer",
        context=CONTEXT,
        about=ABOUT,
        dedup_key=key,
        purpose=purpose,
        lane=lane,
        now=now,
        citizen_id=citizen.pk if citizen else None,
    )


def agreeing(channel: str, *, now: datetime, at_night: bool = False) -> Citizen:
    """A citizen who agreed to advertising on this channel, perhaps by night as well."""
    name = {"sms": "김하늘", "email": "이바다"}[channel]
    citizen = citizen_register(CitizenDraft(name=name, phone=PHONE), by=None, now=now)
    for purpose in ("marketing", "marketing_night")[: 1 + at_night]:
        consent_set(citizen, purpose, channel, True, source="consent_centre", now=now)
    return citizen


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class MailServer:
    """A real SMTP server. Addresses say how it behaves: `refused@`, `later@`, `silent@`."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("refused@"):
            return "550 no such mailbox"
        if address.startswith("later@"):
            return "451 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = cast(bytes, envelope.content)
        self.letters.append(cast(EmailMessage, message_from_bytes(content, policy=default)))
        if envelope.rcpt_tos[0].startswith("silent@"):
            cast(Any, server).transport.abort()  # kept the letter, and the line breaks
        return "250 OK"

    def ids(self) -> Counter[str]:
        return Counter(str(letter["Message-ID"]) for letter in self.letters)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@dataclass
class SmsGateway:
    """A real HTTP gateway without de-duplication: it keeps every copy it is handed.

    `answers` are statuses for the next messages: 0 keeps the message and never answers, -1 breaks
    the line before keeping it.
    """

    port: int = 0
    handed_in: list[dict[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    is_deaf: bool = False
    authorizations: set[str] = field(default_factory=set)
    delay_seconds: float = 0.0
    look_up_delay_seconds: float = 0.0
    looked_up: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def references(self) -> Counter[str]:
        return Counter(message["reference"] for message in self.handed_in)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        sms: SmsGateway = cast(Any, self.server).sms
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = sms.answers.pop(0) if sms.answers else 202
        sms.authorizations.add(self.headers.get("Authorization", ""))
        if answer == -1:
            return
        if answer in (0, 500) or answer < 300:
            sms.handed_in.append(body)
        threading.Event().wait(sms.delay_seconds)
        if answer:
            self._answer(answer, {"id": f"g-{len(sms.handed_in)}", "state": "accepted"})

    def do_GET(self) -> None:
        sms: SmsGateway = cast(Any, self.server).sms
        reference = self.path.rpartition("/")[2]
        sms.looked_up.append(reference)
        threading.Event().wait(sms.look_up_delay_seconds)
        if sms.is_deaf:
            self._answer(503, {})
        elif sms.references()[reference]:
            self._answer(200, {"id": f"g-{reference}", "state": "delivered"})
        else:
            self._answer(404, {})

    def _answer(self, status: int, body: dict[str, str]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server's name
        """Quiet."""


@contextmanager
def sms_gateway() -> Iterator[SmsGateway]:
    sms = SmsGateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    cast(Any, server).sms = sms
    sms.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield sms
    finally:
        server.shutdown()
        server.server_close()
