"""The demo world's mailbox: letters land in a table, shown on a page, and nothing leaves."""

from __future__ import annotations

from core_crm.messaging.models import DemoLetter
from core_crm.messaging.services.measuring import sms_bytes
from core_crm.messaging.types import Channel, Outgoing, Receipt


class DemoMailbox:
    """Keeps each of our references once, however often it is handed in."""

    name = "demo_mailbox"
    can_look_up = True
    settling_seconds = 10

    def send(self, outgoing: Outgoing) -> Receipt:
        is_sms = outgoing.channel == Channel.SMS
        letter = DemoLetter(
            channel=outgoing.channel,
            recipient=outgoing.address,
            subject=outgoing.subject,
            body=outgoing.body,
            at=outgoing.written_at,
            client_reference=outgoing.client_reference,
            byte_count=sms_bytes(outgoing.body) if is_sms else len(outgoing.body.encode()),
        )
        DemoLetter.objects.bulk_create([letter], ignore_conflicts=True)
        return Receipt(gateway_ref=outgoing.client_reference, is_delivered=True)

    def check(self) -> None:
        """It is a table of this very city."""

    def look_up(self, client_reference: str) -> Receipt | None:
        is_here = DemoLetter.objects.filter(client_reference=client_reference).exists()
        return Receipt(gateway_ref=client_reference, is_delivered=True) if is_here else None
