"""The questions of the core, answered by the standard model as shipped."""

from __future__ import annotations

import pytest

from core_crm.extension_points import (
    FIXTURES,
    KINDS,
    DocumentMissing,
    digest_of,
    document,
    documents,
)


def test_every_folder_of_the_standard_model_is_a_kind() -> None:
    folders = {path.name for path in (FIXTURES / "standard" / "1.0").iterdir() if path.is_dir()}
    assert folders <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_standard_document_can_be_read(kind: str) -> None:
    for code in documents.standard.codes(kind):
        read = document(kind, code)
        assert read.digest == digest_of(read.body)
        assert read.version == "1.0"


def test_changing_a_document_one_has_read_changes_nobody_elses() -> None:
    read = document("template", "voice_received")
    read.body.clear()
    assert document("template", "voice_received").body


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": {"c": 2, "d": 3}}) == digest_of({"b": {"d": 3, "c": 2}, "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": "1"})


@pytest.mark.parametrize(
    ("kind", "code"),
    [("template", "nothing"), ("nothing", "x"), ("template", "../survey/closing"), ("..", "x")],
)
def test_what_is_not_there_is_missing(kind: str, code: str) -> None:
    with pytest.raises(DocumentMissing):
        document(kind, code)
