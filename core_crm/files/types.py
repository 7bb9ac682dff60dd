"""Which files are taken, told by their first bytes and never by their name."""

from __future__ import annotations

UNFILED = "filing"  # what a file belongs to until its draft is filed
MAX_BYTES = 10 * 1024 * 1024
IMAGES = ("image/jpeg", "image/png", "image/webp")


def sniff(head: bytes) -> str:
    """The content type of the first bytes, "" for what is not taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if head.startswith(b"%PDF-") else ""
