"""A plugin's own documents: YAML in its package, read once, judged by the models of their kinds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from customization.plugin_api import CODE, Plugin
from customization.resolution.checking import problems_of
from customization.resolution.resolving import with_parts

Parts: TypeAlias = Mapping[str, Mapping[str, Any]]
"""{kind: {the plugin's own code: body}}."""

MOST_DOCUMENTS, MOST_BYTES = 200, 200_000


class PartsNotValid(ValueError):
    """A document cannot be used; the message says which and why."""


def parts_of(plugin: Plugin) -> Parts:
    """The documents of a plugin. Raises PartsNotValid."""
    if plugin.documents is None:
        return {}
    if not plugin.documents.is_dir():
        raise PartsNotValid(f"documents: there is no folder {plugin.documents.name!r}")
    files = sorted(plugin.documents.glob("*/*.yaml"))
    if len(files) > MOST_DOCUMENTS:
        raise PartsNotValid(f"more than {MOST_DOCUMENTS} documents")
    parts: dict[str, dict[str, Any]] = {}
    for path in files:
        parts.setdefault(path.parent.name, {})[path.stem] = _body(path)
    _refuse_wrong(plugin.code, parts)
    return parts


def _body(path: Path) -> Any:
    if not CODE.fullmatch(path.stem):
        raise PartsNotValid(f"documents: {path.stem!r} is no code")
    if path.stat().st_size > MOST_BYTES:
        raise PartsNotValid(f"documents: {path.name} is larger than {MOST_BYTES} bytes")
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as refused:
        raise PartsNotValid(f"documents: {path.name} is no YAML: {refused}") from refused


def _refuse_wrong(code: str, parts: Parts) -> None:
    problems = problems_of(with_parts({}, {code: parts}))
    if problems:
        raise PartsNotValid("; ".join(str(one) for one in problems[:5]))
