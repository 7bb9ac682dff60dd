"""Words that a city chooses among for its customers: kinds of dated facts, and needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core_crm.extension_points import Document, Reading

KIND = "code_list"


@dataclass(frozen=True, slots=True)
class ListedWord:
    """One entry of a list. A retired one stays for what was said with it, and is not offered."""

    code: str
    label_ko: str
    label_en: str
    sort: int = 0
    is_retired: bool = False


def words_of(items: Mapping[str, Any]) -> Mapping[str, ListedWord]:
    """The entries of a list's document by code, in the list's order."""
    words = [
        ListedWord(
            code,
            entry["label"]["ko"],
            entry["label"].get("en", entry["label"]["ko"]),
            entry.get("sort", 0),
            entry.get("retired", False),
        )
        for code, entry in items.items()
    ]
    return {word.code: word for word in sorted(words, key=lambda word: (word.sort, word.code))}


def _words(document: Document) -> Mapping[str, ListedWord]:
    items: Any = document.body["items"]
    return words_of(items)


_list = Reading(KIND, _words)


def dated_fact_kinds() -> Mapping[str, ListedWord]:
    """The kinds of dated facts in the city being served, retired ones too."""
    return _list("dated_facts")


def need_codes() -> Mapping[str, ListedWord]:
    """The needs in the city being served, retired ones too."""
    return _list("needs")


def occasion_kinds() -> Mapping[str, ListedWord]:
    """The kinds of visits and events in the city being served, retired ones too."""
    return _list("occasion_kinds")
