"""E-mail by SMTP (RFC 5321). SMTP knows no look-up: what is unclear is settled by purpose."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings

from core_crm.messaging.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from core_crm.messaging.selectors import sender_in_use
from core_crm.messaging.types import Channel, Outgoing, Receipt
from tenants.context import current_city

TIMEOUT_SECONDS = 10
GO_AHEAD = 354
LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class SmtpGateway:
    """One connection per message, so that one bad message spoils no other."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: str  # none | starttls | tls
    sender: str

    name = "smtp"
    can_look_up = False
    settling_seconds = 120  # seven steps of at most ten seconds, and as long again

    @classmethod
    def from_settings(cls) -> SmtpGateway:
        return cls(
            host=settings.SODAM_SMTP_HOST,
            port=settings.SODAM_SMTP_PORT,
            user=settings.SODAM_SMTP_USER,
            password=settings.SODAM_SMTP_PASSWORD,
            security=settings.SODAM_SMTP_SECURITY,
            sender=sender_in_use(Channel.EMAIL) or settings.SODAM_SMTP_SENDER,
        )

    def send(self, outgoing: Outgoing) -> Receipt:
        content = self.compose(outgoing).as_bytes(policy=SMTP)
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as broken:
            raise _unavailable(broken) from broken
        try:
            self._announce(server, _ascii(outgoing.address))
            self._hand_over(server, content)
        finally:
            server.close()
        return Receipt(gateway_ref=self.message_id(outgoing))

    def check(self) -> None:
        """Connect, log in and go."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as broken:
            raise _unavailable(broken) from broken
        server.close()

    def look_up(self, client_reference: str) -> Receipt | None:
        raise GatewayUnavailable("전자우편은 발송 여부를 물어볼 수 없습니다.")

    def message_id(self, outgoing: Outgoing) -> str:
        """The same for every attempt, so that mail systems recognise a second copy."""
        return f"<{outgoing.client_reference}@{self._domain}>"

    def compose(self, outgoing: Outgoing) -> EmailMessage:
        """The letter: plain text, from the city, marked as written by a machine (RFC 3834)."""
        letter = EmailMessage(policy=SMTP)
        letter["From"] = Address(display_name=current_city().name_ko, addr_spec=self.sender)
        letter["To"] = Address(addr_spec=_ascii(outgoing.address))
        letter["Subject"] = outgoing.subject
        letter["Date"] = outgoing.written_at
        letter["Message-ID"] = self.message_id(outgoing)
        letter["Auto-Submitted"] = "auto-generated"
        if outgoing.unsubscribe_url:  # RFC 2369, and one press without a page (RFC 8058)
            letter["List-Unsubscribe"] = f"<{outgoing.unsubscribe_url}>"
            letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        letter.set_content(outgoing.body, charset="utf-8", cte="base64")
        return letter

    @property
    def _domain(self) -> str:
        return self.sender.rpartition("@")[2]

    def _connect(self) -> smtplib.SMTP:
        server: smtplib.SMTP
        if self.security == "tls":
            server = smtplib.SMTP_SSL(
                self.host,
                self.port,
                self._domain,
                timeout=TIMEOUT_SECONDS,
                context=ssl.create_default_context(),
            )
        else:
            server = smtplib.SMTP(self.host, self.port, self._domain, timeout=TIMEOUT_SECONDS)
        server.ehlo_or_helo_if_needed()
        if self.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        return server

    def _announce(self, server: smtplib.SMTP, address: str) -> None:
        """Up to DATA nothing is handed over: whatever breaks here, the message has not left."""
        try:
            _require(server.mail(self.sender), below=300)
            _require(server.rcpt(address), below=300)
            _require(server.docmd("DATA"), below=GO_AHEAD + 1)
        except (OSError, smtplib.SMTPException) as broken:
            raise _unavailable(broken) from broken

    def _hand_over(self, server: smtplib.SMTP, content: bytes) -> None:
        """From here on a broken line says nothing about whether the server kept the letter."""
        try:
            server.send(LEADING_DOT.sub(b"..", content) + b".\r\n")
            reply = server.getreply()
        except (OSError, smtplib.SMTPException) as broken:
            raise GatewayUnclear("전자우편 서버가 받았는지 알 수 없습니다.") from broken
        _require(reply, below=300)


def _ascii(address: str) -> str:
    """The address with an international domain as mail servers know it (IDNA)."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as wrong:
        raise GatewayRefused("전자우편 주소의 도메인을 읽을 수 없습니다.") from wrong


def _require(reply: tuple[int, bytes], *, below: int) -> None:
    """5xx: it never will; other unwelcome codes: not now. Its words stay out of our logs."""
    code, _ = reply
    if code >= 500:
        raise GatewayRefused(f"전자우편 서버가 거절했습니다({code}).", smtp_code=code)
    if code >= below or code < 200:
        raise GatewayUnavailable(f"전자우편 서버가 지금 받지 않습니다({code}).", smtp_code=code)


def _unavailable(broken: Exception) -> GatewayUnavailable:
    return GatewayUnavailable(
        f"전자우편 서버에 연결하지 못했습니다({type(broken).__name__}).",
        error=type(broken).__name__,
    )
