"""Throw-away plugins, as fixtures."""

from tests.support.plugins import know, outside_template, package

__all__ = ["know", "outside_template", "package"]
