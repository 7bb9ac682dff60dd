"""What channels and gateways are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

CHANNELS: dict[str, str | Promise] = {
    "email": gettext_lazy("전자우편"),
    "sms": gettext_lazy("문자"),
}
GATEWAYS: dict[str, str | Promise] = {
    "demo_mailbox": gettext_lazy("데모 우편함"),
    "smtp": gettext_lazy("전자우편 서버(SMTP)"),
    "http_sms": gettext_lazy("문자 사업자"),
}


def channel_word(channel: str) -> str:
    return str(CHANNELS[channel])


def gateway_word(name: str) -> str:
    """Its word; a plugin's gateway goes by its own name."""
    return str(GATEWAYS.get(name, name))
