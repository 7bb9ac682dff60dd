"""Every place of a tree that a pattern means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from customization.resolution.trees import Path


def places(tree: Any, pattern: Path, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """(path, what stands there) for each; `*` in the pattern is any one step."""
    if not pattern:
        yield at, tree
    elif isinstance(tree, Mapping):
        for key in tree:
            if fnmatchcase(str(key), pattern[0]):
                yield from places(tree[key], pattern[1:], (*at, str(key)))


def fits(path: Path, pattern: Path) -> bool:
    """Is the path one that the pattern means?"""
    return len(path) == len(pattern) and all(map(fnmatchcase, path, pattern))
