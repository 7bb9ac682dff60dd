"""What documents said that are perhaps no longer in force: cases pin them by their digest."""

from __future__ import annotations

from core_crm.extension_points import DocumentArchive, Json
from customization.documents.models import DocumentBody


class CityArchive:
    """All that the city being served ever published, and the standard's releases."""

    def __init__(self, standard: DocumentArchive) -> None:
        self._standard = standard

    def body(self, kind: str, code: str, digest: str) -> dict[str, Json] | None:
        """The document with this digest; None when nobody has it."""
        shipped = self._standard.body(kind, code, digest)
        if shipped is not None:
            return shipped
        found = DocumentBody.objects.filter(digest=digest).values_list("body", flat=True).first()
        return None if found is None else dict(found)
