"""A city's documents as one YAML file, out and in again with the same digest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from core_crm.extension_points import STANDARD_VERSION
from customization.documents.errors import DocumentsNotValid
from customization.documents.selectors import in_force
from customization.resolution.trees import Tree
from tenants.context import current_city
from tenants.provisioning.archive.configuration import ConfigurationText
from tenants.provisioning.archive.types import Configuration

MOST_TEXT = 5_000_000
SEPARATORS = "\x85\u2028\u2029\ufeff"
HEAD = ("city", "standard", "manifest", "digest", "documents")


def exported(city: str) -> str:
    """The documents in force as YAML, sorted, with their digest."""
    found = in_force()
    body = {
        "city": city,
        "standard": found.standard_version,
        "manifest": found.number,
        "digest": found.digest,
        "documents": dict(found.tree),
    }
    return written(body)


def archived() -> ConfigurationText:
    """What an archive of the city being served keeps of its documents."""
    found, city = in_force(), current_city().code
    facts = Configuration(number=found.number, digest=found.digest)
    return ConfigurationText(exported(city), facts)


def written(body: Mapping[str, Any]) -> str:
    """As YAML, sorted, so that it reads back to the letter."""
    return yaml.dump(dict(body), Dumper=_Exact, allow_unicode=True, sort_keys=True, width=100)


class _Exact(yaml.SafeDumper):
    """Every text comes back to the letter, also one with an old line separator in it."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = '"' if any(one in data for one in SEPARATORS) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Exact.add_representer(str, _Exact.represent_str)


@dataclass(frozen=True, slots=True)
class Portable:
    """What such a file says: which city's it was, on which standard, and the documents."""

    documents: Tree
    city: str = ""
    standard: str = STANDARD_VERSION


def imported(text: str) -> Tree:
    """The documents of such a file. Raises DocumentsNotValid when it is none."""
    return read_portable(text).documents


def read_portable(text: str) -> Portable:
    """The whole file. Raises DocumentsNotValid when it is none."""
    body = _read(text)
    documents: Tree = _as_json(body["documents"])
    return Portable(
        documents,
        city=str(body.get("city", "")),
        standard=str(body.get("standard", STANDARD_VERSION)),
    )


def _read(text: str) -> dict[str, Any]:
    if len(text) > MOST_TEXT:
        raise DocumentsNotValid("파일이 너무 큽니다. 한 시·도의 문서는 5 MB를 넘지 않습니다.")
    body = _loaded(text)
    if not isinstance(body, dict) or not isinstance(body.get("documents"), dict):
        raise DocumentsNotValid(
            "`documents:` 아래에 문서가 있어야 합니다. `sodam config export`가 쓰는 꼴을 보세요."
        )
    strangers = sorted(set(body) - set(HEAD))
    if strangers:
        raise DocumentsNotValid(f"모르는 항목이 있습니다: {', '.join(map(str, strangers))}")
    return body


def read_value(text: str) -> Any:
    """One value as JSON would hold it: no alias, no date. Raises DocumentsNotValid."""
    return _as_json(_loaded(text))


def _loaded(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Plain)  # noqa: S506 - a SafeLoader, stricter
    except yaml.YAMLError as refused:
        raise DocumentsNotValid(f"YAML이 아닙니다: {_where(refused)}") from refused
    except (ValueError, RecursionError) as refused:  # a date that is none; nested without end
        raise DocumentsNotValid("YAML로 읽을 수 없는 값이 있습니다.") from refused


class _Plain(yaml.SafeLoader):
    """Values as people mean them: `10:30`, `no` and `2026-01-01` are texts (YAML 1.1 reads 630,
    false and a date). No aliases: one could make a small file endlessly large."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "별칭(*이름)은 쓸 수 없습니다")
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {}


def _means(tag: str, pattern: str, first: str) -> None:
    """What such a plain text is; `first` are the letters it may begin with."""
    _Plain.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(pattern), ["", *first] if tag == "null" else [*first]
    )


_means("bool", r"^(?:true|false)$", "tf")
_means("null", r"^(?:~|null|)$", "~n")
_means("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789")
_means("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?$", "-0123456789")


def _as_json(value: Any) -> Any:
    """What YAML reads as a date or a number key is text in a document."""
    if isinstance(value, dict):
        return {str(key): _as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_as_json(below) for below in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _where(refused: yaml.YAMLError) -> str:
    mark = getattr(refused, "problem_mark", None)
    return f"{mark.line + 1}번째 줄 {mark.column + 1}번째 글자" if mark else str(refused)
