"""The overlays governments come with: lawful, sourced, unlike each other, applied once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core_crm.extension_points import digest_of, document
from core_crm.identity import city_words
from customization.documents.models import Change, Manifest
from customization.documents.overlays import Overlay, overlay_of
from customization.documents.selectors import in_force
from customization.documents.services import upgrade_plan
from customization.documents.services.opening import overlay_publish
from customization.documents.source import move_stamp
from customization.documents.types import ChangeStatus
from customization.registry.binding import added_codes, use_of
from customization.registry.parts import parts_of
from customization.registry.store import known_plugins
from customization.resolution.judging import findings
from customization.resolution.operations import apply
from customization.resolution.rebase import Rebase, rebase
from customization.resolution.resolving import with_parts
from customization.resolution.standard import standard_tree
from customization.resolution.trees import dotted
from tenants.context import current_city, serving_city
from tenants.directory import by_code
from tests.conftest import ServedCity, kst

FOLDER = Path(settings.FIXTURES_DIR) / "cities"
CITIES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
NOW = kst("2026-11-24 10:00")


def shipped(city: str) -> Overlay:
    overlay = overlay_of(city)
    assert overlay is not None
    return overlay


def grounds(city: str, version: str = "1.0") -> dict[str, Any]:
    """The standard with the parts of the government's own plugin."""
    plugin = known_plugins().loaded[city].plugin
    return with_parts(standard_tree(version), {city: parts_of(plugin)})


def resolved(city: str) -> dict[str, Any]:
    ground = grounds(city)
    return apply(ground, shipped(city).operations(ground))


def upgraded(city: str) -> Rebase:
    """The overlay as the next release of the standard meets it."""
    ground = grounds(city)
    return rebase(shipped(city).operations(ground), ground, grounds(city, "1.1"))


def test_there_is_one_for_each_of_the_sixteen_governments() -> None:
    assert len(CITIES) == 16
    assert all(shipped(city).city == city for city in CITIES)


@pytest.mark.parametrize("city", [city for city in CITIES if city != "busan"])
def test_each_gives_documents_without_a_finding(city: str) -> None:
    plugins = known_plugins()
    added = added_codes(plugins, [use_of(plugins.loaded[city])])
    assert [str(one) for one in findings(resolved(city), grounds(city), added=added)] == []


def test_busan_opens_with_its_plugin_and_its_overlay(two_cities: tuple[str, str]) -> None:
    """Its audiences ask its plugin's own records: only a city with the plugin knows those."""
    with serving_city(replace(by_code("busan"), plugin="busan")):
        manifest = overlay_publish("busan", now=NOW)
        assert manifest is not None
        assert digest_of(in_force().tree) == digest_of(resolved("busan")) == manifest.digest
        assert [use.code for use in in_force().plugins] == ["busan"]


@pytest.mark.parametrize("city", CITIES)
def test_each_place_tells_why_from_where_and_from_when(city: str) -> None:
    overlay, first = shipped(city), grounds(city)
    for one in overlay.operations(first):
        assert "(출처: " in one.reason, dotted(one.path)
        assert one.reason.rstrip(")")[-10:].count("-") == 2, dotted(one.path)
    assert all(source.dated <= overlay.read_on for source in overlay.sources.values())


@pytest.mark.parametrize("city", CITIES)
def test_the_reference_lists_every_place_and_source(city: str) -> None:
    page = (FOLDER.parents[1] / "docs/reference/governments.md").read_text(encoding="utf-8")
    overlay = shipped(city)
    for place in overlay.changes:
        assert f"| `{place}` |" in page
    for source in overlay.sources.values():
        assert f"| {source.dated} |" in page
        assert source.title in page
        assert source.url in page
    assert known_plugins().loaded[city].plugin.source in page


def test_no_two_are_the_same() -> None:
    digests = {city: digest_of(resolved(city)) for city in CITIES}
    assert len(set(digests.values())) == 16
    assert digest_of(standard_tree("1.0")) not in digests.values()


def test_no_two_say_the_same_with_other_names() -> None:
    """Not sixteen copies: what an overlay is about differs, not only its values."""
    places = {city: frozenset(shipped(city).changes) for city in CITIES}
    assert len(set(places.values())) == 16
    own = {city: {p for p in places[city] if "categories.categories" in p} for city in CITIES}
    assert all(own.values())


def test_another_process_names_the_documents_alike() -> None:
    told = subprocess.run(
        [sys.executable, "-c", DIGEST_OF_JEJU],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": f"platform:{settings.FIXTURES_DIR}/.."},
        cwd=Path(settings.FIXTURES_DIR).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    overlay = shipped("jeju")
    standard = standard_tree("1.0")
    assert told.stdout.strip() == digest_of(apply(standard, overlay.operations(standard)))


DIGEST_OF_JEJU = """
import yaml
from pathlib import Path
from core_crm.common.standard_documents import StandardDocuments, digest_of
from customization.resolution.trees import put, copied
folder = Path("fixtures/standard")
source = StandardDocuments(folder, "1.0")
kinds = [path.name for path in (folder / "1.0").iterdir() if path.is_dir()]
tree = {kind: {code: source.get(kind, code).body for code in source.codes(kind)} for kind in kinds}
for place, one in yaml.safe_load(open("fixtures/cities/jeju/overlay.yaml"))["changes"].items():
    put(tree, tuple(place.split(".")), one["set"])
print(digest_of(tree))
"""


def test_the_next_standard_meets_ulsan_in_a_conflict_and_has_taken_over_from_daejeon() -> None:
    conflicts = [dotted(one.operation.path) for one in upgraded("ulsan").conflicts]
    assert any(place.startswith("template.voice_received") for place in conflicts)
    adopted = [dotted(one.path) for one in upgraded("daejeon").adopted]
    assert adopted == ["routing.voice.rules.light_pollution"]


def test_only_ulsan_meets_the_next_standard_in_a_conflict() -> None:
    assert [city for city in CITIES if upgraded(city).conflicts] == ["ulsan"]


def test_a_fresh_city_has_its_overlay_in_force(seoul: ServedCity) -> None:
    manifest = overlay_publish("seoul", now=NOW)
    assert manifest is not None
    assert manifest.number == 1
    move_stamp(manifest.number)  # no commit comes here
    assert city_words().call_centre.name.ko == "120다산콜재단"
    assert "hangang" in document("code_list", "categories").body["categories"]  # type: ignore[operator]
    assert current_city().standard_version == in_force().standard_version


def test_the_change_behind_it_keeps_every_reason(seoul: ServedCity) -> None:
    overlay_publish("seoul", now=NOW)
    change = Change.objects.get()
    assert change.status == ChangeStatus.APPLIED
    assert len(change.operations) == len(shipped("seoul").changes)
    assert all("출처" in one["reason"] for one in change.operations)


def test_it_is_applied_once(seoul: ServedCity) -> None:
    overlay_publish("seoul", now=NOW)
    assert overlay_publish("seoul", now=NOW) is None
    assert Manifest.objects.count() == 1


def test_a_city_without_one_starts_with_the_standard(seoul: ServedCity) -> None:
    assert overlay_publish("nowhere", now=NOW) is None
    assert not Manifest.objects.exists()


def test_one_that_needs_a_plugin_waits_for_it(busan: ServedCity) -> None:
    assert shipped("busan").needs == "busan"
    assert overlay_publish("busan", now=NOW) is None


def test_a_standard_in_force_meets_the_overlay_as_an_upgrade_does(seoul: ServedCity) -> None:
    overlay_publish("seoul", now=NOW)
    plan = upgrade_plan("1.1")
    sorted_in = len(plan.kept) + len(plan.conflicts) + len(plan.adopted)
    assert sorted_in == len(in_force().operations) > 0
