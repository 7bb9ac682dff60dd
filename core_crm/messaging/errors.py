"""Named failures of the messaging room."""

from __future__ import annotations

from tenants.errors import DomainError


class PlaceholderMissing(DomainError):
    """The template asks for a value that was not given: said when queueing, not when sending."""

    code = "messaging.placeholder_missing"
    http_status = 422


class TemplateLacksChannel(DomainError):
    """The template has no text for this channel."""

    code = "messaging.template_lacks_channel"
    http_status = 422


class RecipientNotReachable(DomainError):
    """The address cannot be one for this channel."""

    code = "messaging.recipient_not_reachable"
    http_status = 422


class MessageTooLong(DomainError):
    """The text is longer than a long text message takes (2,000 bytes in CP949)."""

    code = "messaging.message_too_long"
    http_status = 422


class GatewayRefused(DomainError):
    """The gateway will never take this message: a bad address, a rejected sender."""

    code = "messaging.gateway_refused"


class GatewayUnavailable(DomainError):
    """The gateway has surely not taken the message; try again later."""

    code = "messaging.gateway_unavailable"
    http_status = 503


class GatewayMissing(GatewayUnavailable):
    """No gateway is configured for the channel: an operator can mend it."""

    code = "messaging.gateway_missing"


class GatewayUnclear(DomainError):
    """The connection broke after the message was handed over: nobody can tell yet."""

    code = "messaging.gateway_unclear"
    http_status = 503


class SenderNotValid(DomainError):
    """An address to write from that is none, or a number without proof whose it is."""

    code = "messaging.sender_not_valid"
    http_status = 422


class SenderInUse(DomainError):
    """An address that goes out is not taken away."""

    code = "messaging.sender_in_use"
    http_status = 409
