"""The published JSON Schemas say what the models say, judged by a validator that is not ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from core_crm.extension_points import FIXTURES, KINDS
from customization.resolution.kinds import MODELS
from customization.resolution.schemas import SchemaMissing, schema_kinds, schema_of
from customization.resolution.standard import standard_tree, standard_versions

FILES = sorted((FIXTURES / "standard").glob("*/*/*.yaml"))
TREE = standard_tree()
BASE = "http://localhost:8000/api/v1/schemas/"


def faults(schema: dict[str, Any], body: Any) -> list[str]:
    found = Draft202012Validator(schema).iter_errors(body)
    return [f"{error.json_path}: {error.message[:160]}" for error in found]


def test_every_kind_has_a_model_a_schema_and_a_standard_document() -> None:
    assert schema_kinds() == sorted(MODELS) == sorted(KINDS)
    for version in standard_versions():
        assert [kind for kind, codes in standard_tree(version).items() if not codes] == []


@pytest.mark.parametrize("kind", schema_kinds())
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_each_standard_file_names_its_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.split("\n", 1)[0]
    mark, _, address = first.partition("$schema=")
    assert mark == "# yaml-language-server: "
    kind, _, code = address.removeprefix(BASE).removesuffix(".json").partition("/")
    assert (kind, code or path.stem) == (path.parent.name, path.stem)
    assert faults(schema_of(kind, code), yaml.safe_load(text)) == []


@pytest.mark.parametrize("kind", schema_kinds())
def test_an_unknown_key_fits_no_schema(kind: str) -> None:
    code, body = next(iter(TREE[kind].items()))
    assert faults(schema_of(kind, code), {**body, "no_such_key": 1}) != []


def test_a_document_of_its_own_has_a_schema_of_its_own() -> None:
    services = TREE["code_list"]["services"]
    assert faults(schema_of("code_list", "services"), services) == []
    assert faults(schema_of("code_list", "categories"), services) != []
    assert faults(schema_of("code_list"), services) == []


def test_what_is_not_there_says_what_is() -> None:
    with pytest.raises(SchemaMissing) as missing:
        schema_of("poetry")
    assert missing.value.facts["kinds"] == sorted(KINDS)
