"""Every place of a tree that a pattern means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from customization.resolution.trees import Path

ANY = "*"


def places(tree: Any, pattern: Path, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """(path, what stands there) for each; `*` in the pattern is any one step."""
    if not pattern:
        yield at, tree
    elif isinstance(tree, Mapping):
        for key in _steps(tree, pattern[0]):
            yield from places(tree[key], pattern[1:], (*at, str(key)))


def _steps(tree: Mapping[Any, Any], wanted: str) -> Iterable[Any]:
    """The keys that one step of a pattern means; a plain one is looked up."""
    if wanted == ANY:
        return tree
    if wanted in tree:
        return (wanted,)
    return [key for key in tree if fnmatchcase(str(key), wanted)]


def fits(path: Path, pattern: Path) -> bool:
    """Is the path one that the pattern means?"""
    return len(path) == len(pattern) and all(map(fnmatchcase, path, pattern))
