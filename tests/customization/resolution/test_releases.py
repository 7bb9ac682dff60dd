"""The releases of the standard: each says what it changes, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from core_crm.extension_points import FIXTURES, KINDS, DocumentMissing, StandardDocuments
from customization.resolution.operations import diff
from customization.resolution.standard import (
    StandardUnknown,
    as_numbers,
    standard_release,
    standard_tree,
    standard_versions,
)
from customization.resolution.trees import dotted

BROUGHT = {
    "kpi.reduction.target",
    "kpi.satisfaction.weight",
    "kpi.solved_rate",
    "routing.voice.rules.light_pollution",
    "sla.voice.targets.inquiry_legal.percent",
    "survey.closing.intro.en",
    "survey.closing.intro.ko",
    "template.voice_received.texts.en.email",
    "template.voice_received.texts.en.subject",
    "template.voice_received.texts.ko.email",
    "template.voice_received.texts.ko.sms",
    "template.voice_received.texts.ko.subject",
    "template.voice_transferred.texts.en.email",
    "template.voice_transferred.texts.ko.email",
}


def test_the_second_release_brings_what_it_says_and_nothing_else() -> None:
    """Whoever mends a document of 1.0 mends its copy in 1.1 too, else 1.1 would undo it."""
    found = diff(standard_tree("1.0"), standard_tree("1.1"))
    assert {dotted(one.path) for one in found} == BROUGHT
    assert {path.split(".")[0] for path in BROUGHT} == set(standard_release("1.1").brings)


def test_releases_are_numbered_in_order_and_stand_on_one_another() -> None:
    versions = standard_versions()
    assert versions == sorted(versions, key=as_numbers) == ["1.0", "1.1"]
    assert standard_release("1.0").based_on is None
    assert standard_release("1.1").based_on == "1.0"


@pytest.mark.parametrize("version", standard_versions())
def test_every_kind_a_release_names_exists(version: str) -> None:
    assert set(standard_release(version).brings) <= set(KINDS)


def test_a_release_inherits_and_its_documents_know_their_version() -> None:
    source = StandardDocuments(FIXTURES / "standard", "1.1")
    assert source.get("calendar", "office").version == "1.1"
    assert "solved_rate" in source.codes("kpi")
    assert "solved_rate" not in StandardDocuments(FIXTURES / "standard", "1.0").codes("kpi")


def test_a_release_that_is_not_there_says_which_are() -> None:
    with pytest.raises(StandardUnknown, match=r"1\.0, 1\.1"):
        standard_tree("2.0")


def test_a_release_may_take_a_document_out(tmp_path: Path) -> None:
    (tmp_path / "1.0" / "kpi").mkdir(parents=True)
    for code in ("one", "two"):
        (tmp_path / "1.0" / "kpi" / f"{code}.yaml").write_text("a: 1", encoding="utf-8")
    said = "version: '{}'\nreleased_on: 2026-11-24\nsummary: {{ko: 가, en: a}}\n"
    (tmp_path / "1.0" / "standard.yaml").write_text(said.format("1.0"), encoding="utf-8")
    (tmp_path / "2.0").mkdir()
    later = said.format("2.0") + "based_on: '1.0'\nremoved: [kpi/two]\n"
    (tmp_path / "2.0" / "standard.yaml").write_text(later, encoding="utf-8")
    assert StandardDocuments(tmp_path, "1.0").codes("kpi") == ["one", "two"]
    assert StandardDocuments(tmp_path, "2.0").codes("kpi") == ["one"]
    with pytest.raises(DocumentMissing):
        StandardDocuments(tmp_path, "2.0").get("kpi", "two")
