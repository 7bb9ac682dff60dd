"""A plugin's gateway: one city's own carrier, when the operator named it for the channel."""

from __future__ import annotations

from dataclasses import dataclass

from core_crm.common.contributions import Added, OutgoingText
from core_crm.common.contributions import Gateway as Contributed
from core_crm.extension_points import channel_gateways
from core_crm.messaging.errors import GatewayMissing, GatewayUnavailable, GatewayUnclear
from core_crm.messaging.types import Outgoing, Receipt

SETTING = "SODAM_CITY_GATEWAYS"


@dataclass(slots=True)
class PluginGateway:
    """Hands a text to the plugin under our reference, which is the same at every try.

    The carrier knows a reference it has taken before, so a try that broke is tried again. A number
    that is none leaves open whether the text left; it cannot be asked for.
    """

    name: str
    channel: str
    added: Added[Contributed] | None

    can_look_up = False
    settling_seconds = 60

    @classmethod
    def named(cls, code: str, *, channel: str) -> PluginGateway:
        """The one with this code, if its plugin is on here and it serves the channel."""
        found = channel_gateways.get(code)
        return cls(code, channel, found if found and found.what.channel == channel else None)

    def send(self, outgoing: Outgoing) -> Receipt:
        try:
            number = self._there().what.send(_text(outgoing))
        except OSError as away:
            raise GatewayUnavailable(
                f"‘{self.name}’ 발송 통로가 받지 않았습니다({type(away).__name__})."
            ) from away
        if not isinstance(number, str) or not number.strip():
            raise GatewayUnclear(f"‘{self.name}’ 발송 통로가 받았는지 알 수 없습니다.")
        return Receipt(gateway_ref=number.strip())

    def check(self) -> None:
        """Is the plugin on? Its carrier cannot be asked without handing something over."""
        self._there()

    def _there(self) -> Added[Contributed]:
        if self.added is None:
            raise GatewayMissing(
                f"‘{self.name}’ 통로가 꺼져 있습니다. 플러그인을 켜거나 {SETTING}을 고치세요.",
                setting=SETTING,
            )
        return self.added

    def look_up(self, client_reference: str) -> Receipt | None:
        raise GatewayUnclear("이 발송 통로는 보낸 것을 물어볼 수 없습니다.", ref=client_reference)


def _text(outgoing: Outgoing) -> OutgoingText:
    return OutgoingText(
        key=outgoing.client_reference,
        to=outgoing.address,
        subject=outgoing.subject,
        body=outgoing.body,
    )
