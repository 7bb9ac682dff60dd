"""Failures around plugins: what people may do with one, and what one did wrong."""

from __future__ import annotations

from tenants.errors import DomainError


class PluginUnknown(DomainError):
    """No usable plugin of this code is known here."""

    code = "plugin.unknown"
    http_status = 404


class PluginNotForThisCity(DomainError):
    """A government's own plugin serves that government only."""

    code = "plugin.not_for_this_city"
    http_status = 409


class PluginInThisState(DomainError):
    """It is on already, or off already."""

    code = "plugin.in_this_state"
    http_status = 409


class PluginConfigNotValid(DomainError):
    """A value of its configuration is not what the plugin asks for."""

    code = "plugin.config_not_valid"
    http_status = 422


class PluginCodeNotValid(DomainError):
    """A plugin cannot be called so."""

    code = "plugin.code_not_valid"
    http_status = 422


class PluginPlaceTaken(DomainError):
    """The folder for a new plugin is not empty."""

    code = "plugin.place_taken"
    http_status = 409


class PluginMisbehaved(Exception):
    """A call of a plugin's function did not end well; the message is for its author."""


class PluginTooSlow(PluginMisbehaved):
    """It had not answered when its time was up."""


class PluginAnswerWrong(PluginMisbehaved):
    """What it gave back is not what was asked for."""
