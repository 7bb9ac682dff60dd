"""The English catalogue: complete, of today's sentences, with the same placeholders."""

from __future__ import annotations

import re

import polib
import pytest

from sodam.ui import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd0-9]+|\{\w+\}|</?\w+")


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(str(catalogue.CATALOGUE))


def test_every_sentence_has_its_english(english: polib.POFile) -> None:
    assert catalogue.missing(english) == []


def test_the_catalogue_holds_exactly_todays_sentences(english: polib.POFile) -> None:
    today = {sentence.one for sentence in catalogue.sentences()}
    kept = {entry.msgid for entry in english}
    assert (sorted(today - kept), sorted(kept - today)) == ([], [])


def test_a_translation_keeps_the_placeholders(english: polib.POFile) -> None:
    def parts(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    one = [e.msgid for e in english if parts(e.msgstr) != parts(e.msgid) and not e.msgid_plural]
    many = [e for e in english if e.msgid_plural]
    assert one == []
    assert [e.msgid for e in many if parts(e.msgstr_plural[1]) != parts(e.msgid_plural)] == []


def test_no_korean_is_left_in_the_english(english: polib.POFile) -> None:
    assert [entry.msgid for entry in english if re.search("[가-힣]", entry.msgstr)] == []
