"""Copy this package to `plugins/<code>/` and answer the questions your government sees differently.

The leading underscore keeps the template itself from being loaded.
"""

from __future__ import annotations

from customization.plugin_api import Plugin

PLUGIN = Plugin(
    code="template",
    name="본보기",
    api=(1, 0),
    answers={"documents": "plugins._template.documents:OwnDocuments"},
)
