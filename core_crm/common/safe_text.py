"""HTML that came from elsewhere, as plain text: paragraphs and link targets kept, nothing else."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

_KEPT = {"a", "br", "p", "div", "li", "tr", "td", "th", "hr", *(f"h{n}" for n in range(1, 7))}
_BLOCKS = re.compile(r"<(?:br\s*/?|/p|/div|/li|/tr|/h[1-6]|hr\s*/?)\s*>", re.IGNORECASE)
_ITEMS = re.compile(r"<li[^>]*>", re.IGNORECASE)
_LINKS = re.compile(r'<a\s[^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
_CELLS = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")


def html_to_text(source: str) -> str:
    """Safe plain text of a fragment of HTML; plain text passes through unharmed.

    Scripts and styles go with their content. A link becomes `words (address)` when the address is
    http(s) and not already the words.
    """
    if not _TAG.search(source):
        return tidy(html.unescape(source))
    kept = nh3.clean(source, tags=_KEPT, link_rel=None)
    kept = _LINKS.sub(_link, kept)
    kept = _BLOCKS.sub("\n", _ITEMS.sub("\n- ", _CELLS.sub(" ", kept)))
    return tidy(html.unescape(nh3.clean(kept, tags=set())))


def _link(found: re.Match[str]) -> str:
    address, words = found.group(1), found.group(2)
    if not address.startswith(("http://", "https://")) or address in words:
        return words
    return f"{words} ({address})"


# Control signs, halves of characters, zero-width signs, and those that turn the reading direction.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def tidy(text: str) -> str:
    """One Unicode form, nothing unseen, no runs of blanks, at most one empty line in a row."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    text = text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
