"""A document as a list of single values that a form can show and read back. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from customization.public import read_value
from sodam.ui.document_words import as_text
from tenants.errors import DomainError

__all__ = ["Leaf", "NotReadable", "Path", "as_text", "kind_of", "leaves_of", "read"]

LONG_TEXT = 60

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value at its place. `kind` is text, long, number, truth or yaml (a list, or nothing)."""

    path: Path
    value: Any
    kind: str

    @property
    def text(self) -> str:
        """As it stands in its field."""
        return as_text(self.value)


class NotReadable(ValueError):
    """What was typed is no value of this kind; the message says what would be."""


def leaves_of(body: Mapping[str, Any], at: Path = ()) -> Iterator[Leaf]:
    """Every value that is no map, in the document's order; an empty map is one, too."""
    for key, value in body.items():
        if isinstance(value, Mapping) and value:
            yield from leaves_of(value, (*at, key))
        else:
            yield Leaf((*at, key), value, kind_of(value))


def kind_of(value: Any) -> str:
    """Which control fits a value."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "long" if len(value) > LONG_TEXT or "\n" in value else "text"
    return "yaml"


def read(text: str, *, kind: str) -> Any:
    """What was typed, as a value of this kind. Raises NotReadable."""
    if kind in ("text", "long"):
        return text.replace("\r\n", "\n")
    if kind == "truth":
        return _chosen(text, {"true": True, "false": False})
    if kind == "number":
        return _number(text)
    try:
        return read_value(text)
    except DomainError as refused:
        raise NotReadable("[하나, 둘]이나 {이름: 값}처럼 써 주세요") from refused


def _chosen(text: str, words: Mapping[str, bool]) -> bool:
    if text not in words:
        raise NotReadable("true나 false여야 합니다")
    return words[text]


def _number(text: str) -> int | float:
    given = text.strip()
    try:
        return int(given)
    except ValueError:
        pass
    try:
        return float(given)
    except ValueError as refused:
        raise NotReadable("수를 써 주세요") from refused
