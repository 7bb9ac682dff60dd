"""A plugin's converter before the import: its columns become ours, its bad lines are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from core_crm.common.contributions import Added, Importer
from core_crm.extension_points import importers
from core_crm.imports.errors import ColumnsMissing, FormatUnknown
from core_crm.voices.models import Voice
from core_crm.voices.services import voices_import
from tests.conftest import kst
from tests.support.points import bound
from tests.support.voices import Office

NOW = kst("2026-11-24 10:00")
FILE = """접수키,민원요지,상세,일자,부가
A-1,가로등,꺼져 있습니다,20261120,동래
A-2,,,20261121,
A-3,이상한 줄,{},20261122,
"""


def convert(line: Mapping[str, str]) -> Mapping[str, str]:
    if line["상세"] == "{}":
        return {}  # a converter that failed gives its neutral answer
    return {
        "id": line["접수키"],
        "title": line["민원요지"],
        "body": line["상세"],
        "received_at": line["일자"],
        "x.old.area": line["부가"],
    }


OLD = Importer(
    code="old",
    label_ko="옛 시스템",
    label_en="The old system",
    convert=convert,
    columns=("접수키", "민원요지", "상세"),
)


@pytest.fixture
def old_format(office: Office) -> Iterator[None]:
    with bound(importers, lambda: [Added("city", OLD)]):
        yield


def take_in(text: str, *, format_of: str = "x.city.old") -> dict[str, int | str | None]:
    return voices_import(text.encode(), now=NOW, format_of=format_of, category="road")


def test_a_converters_columns_become_a_voice(old_format: None) -> None:
    result = take_in(FILE)
    assert (result["rows"], result["created"], result["refused"]) == (3, 1, 2)
    voice = Voice.objects.get()
    assert (voice.title, voice.body) == ("가로등", "꺼져 있습니다")
    assert voice.received_at == kst("2026-11-20 09:00")
    assert voice.attributes["x.old.area"] == "동래"


def test_the_refused_lines_are_as_they_were_sent_with_the_reason(old_format: None) -> None:
    path = take_in(FILE)["errors_file"]
    assert path
    with open(str(path), encoding="utf-8-sig") as file:
        lines = file.read().splitlines()
    assert lines[0] == "접수키,민원요지,상세,일자,부가,사유"
    assert lines[2].startswith("A-3,이상한 줄,{},20261122,,4번째 줄: 변환기가")


def test_the_same_file_taken_in_again_changes_nothing(old_format: None) -> None:
    take_in(FILE)
    assert take_in(FILE)["skipped"] == 1
    assert Voice.objects.count() == 1


def test_a_column_that_must_be_there_is_named(old_format: None) -> None:
    with pytest.raises(ColumnsMissing, match="상세"):
        take_in("접수키,민원요지\nA-1,가로등\n")


def test_a_format_that_nobody_reads_is_refused_with_those_that_are(old_format: None) -> None:
    with pytest.raises(FormatUnknown, match=r"x\.city\.old"):
        take_in(FILE, format_of="x.city.new")


def test_without_plugins_there_is_no_format(office: Office) -> None:
    with pytest.raises(FormatUnknown, match="하나도 없습니다"), bound(importers, list):
        take_in(FILE)


@pytest.mark.parametrize("wrong", [None, 3, "글", {"body": 3}, {3: "body"}, []])
def test_whatever_a_converter_gives_only_its_line_is_refused(office: Office, wrong: object) -> None:
    odd = Importer(
        code="odd",
        label_ko="이상한 것",
        label_en="Odd",
        convert=lambda _line: wrong,  # type: ignore[arg-type, return-value]
        columns=(),
    )
    with bound(importers, lambda: [Added("city", odd)]):
        result = take_in(FILE, format_of="x.city.odd")
    assert (result["created"], result["refused"]) == (0, 3)
