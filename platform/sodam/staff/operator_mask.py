"""What a visiting operator reads: pages in which everything personal is covered.

The pages mask names and contacts by themselves; this is the net below them. Running text (what
citizens wrote, what they were answered) is searched like a text for the public board, and who the
voices on the page are from is asked by their references.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase

from core_crm.common.personal_finder import COVER, LONGEST_TEXT, covered, personal_in
from core_crm.voices.selectors.contacts import contacts_of

REFERENCE = re.compile(r"\b[A-Z]{2}-\d{4}-[A-Z0-9]{4,6}-[A-Z0-9]\b")
PIECE = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
TOLD = re.compile(
    r"""\b(value|title|placeholder|alt|content|aria-label|data-[a-z-]+)=("[^"]*"|'[^']*')"""
)
KINDS = ("text/html", "application/json")
Cover = Callable[[str], str]


def may_be_shown(response: HttpResponseBase) -> bool:
    """A page or what a page asks for; files, pictures and streams leave nothing to cover."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    is_file = "Content-Disposition" in response.headers
    return isinstance(response, HttpResponse) and not is_file and kind in KINDS


def mask(response: HttpResponse) -> None:
    """Cover what is personal. Asks the database whom the voices on the page are from."""
    text = response.content.decode()
    names = contacts_of(set(REFERENCE.findall(text)))
    is_json = response.headers["Content-Type"].startswith(KINDS[1])
    response.content = (masked_json if is_json else masked_page)(text, names=names).encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
    for name in ("ETag", "Last-Modified"):
        response.headers.pop(name, None)


def masked_page(page: str, *, names: Collection[str]) -> str:
    """Everything a reader sees or hears of a page; its addresses and its ids stay."""
    return "".join(_pieces(page, _coverer(names)))


def masked_json(text: str, *, names: Collection[str]) -> str:
    """Every text in it."""
    return json.dumps(_walked(json.loads(text), _coverer(names)), ensure_ascii=False)


def _coverer(names: Collection[str]) -> Cover:
    known: dict[str, str] = {}  # the same words stand on a page many times

    def cover(text: str) -> str:
        if text not in known:
            rest = COVER if len(text) > LONGEST_TEXT else ""
            read = text[:LONGEST_TEXT]
            known[text] = covered(read, personal_in(read, names=names)) + rest
        return known[text]

    return cover


def _pieces(page: str, cover: Cover) -> Iterator[str]:
    inside = ""
    for match in PIECE.finditer(page):
        piece = match[0]
        if piece.startswith("<"):
            inside = _opened(piece)
            yield TOLD.sub(lambda told: _attribute(told, cover), piece)
        elif inside == "script":
            yield _script(piece, cover)
        else:
            yield _text(piece, cover)


def _opened(tag: str) -> str:
    return "script" if tag.lower().startswith("<script") else ""


def _text(text: str, cover: Cover) -> str:
    read = html.unescape(text)
    hidden = cover(read)
    return text if hidden == read else html.escape(hidden)


def _attribute(told: re.Match[str], cover: Cover) -> str:
    name, quoted = told[1], told[2]
    return f"{name}={quoted[0]}{_text(quoted[1:-1], cover)}{quoted[0]}"


def _script(text: str, cover: Cover) -> str:
    """Data for a picture. Scripts themselves are files: what else stands here is left out."""
    try:
        data = json.loads(text)
    except ValueError:
        return ""
    hidden = json.dumps(_walked(data, cover))
    return hidden.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


def _walked(data: Any, cover: Cover) -> Any:
    if isinstance(data, str):
        return cover(data)
    if isinstance(data, list):
        return [_walked(one, cover) for one in data]
    if isinstance(data, dict):
        return {cover(str(name)): _walked(value, cover) for name, value in data.items()}
    return data
