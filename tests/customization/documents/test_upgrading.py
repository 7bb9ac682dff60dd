"""A newer standard, as one city meets it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import IntegrityError, transaction

from core_crm import extension_points
from core_crm.staff.models import Official
from customization.documents import services
from customization.documents.errors import ChangeConflict, ChangeNotAllowed, DocumentsNotValid
from customization.documents.models import Manifest
from customization.documents.selectors import drift_of_city, in_force, in_force_at
from customization.documents.types import STANDARD_MANIFEST, ChangeStatus, UpgradeState
from customization.resolution import standard
from customization.resolution.operations import operation
from customization.resolution.rebase import Choice
from customization.resolution.standard import StandardUnknown
from customization.resolution.trees import ABSENT, value_at
from customization.resolution.trees import Path as Place
from tests.conftest import ServedCity, kst
from tests.support.voices import an_office, person

NOW = kst("2026-11-24 10:00")
OPENS, CLOSES = ("calendar", "office", "opens_at"), ("calendar", "office", "closes_at")
SUBJECT = ("template", "voice_answered", "texts", "ko", "subject")
TITLE = ("template", "voice_received", "title")


RELEASE = {
    "version": "9.0",
    "based_on": "1.0",
    "released_on": "2026-12-01",
    "applies_on": "2027-01-01",
    "summary": {"ko": "시험 판", "en": "A release for the tests"},
}


@pytest.fixture
def next_standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Version 9.0: the office opens at 08:00 and two templates have other words."""
    shutil.copytree(extension_points.FIXTURES / "standard", tmp_path / "standard")
    folder = tmp_path / "standard" / "9.0"
    for place, value in {OPENS: "08:00", SUBJECT: "새 제목", TITLE: "잘 받았습니다"}.items():
        body = standard.standard_tree("1.0")[place[0]][place[1]]
        here = body
        for step in place[2:-1]:
            here = here[step]
        here[place[-1]] = value
        write(folder / place[0] / f"{place[1]}.yaml", body)
    write(folder / "standard.yaml", RELEASE)
    monkeypatch.setattr(standard, "FIXTURES", tmp_path)
    return "9.0"


GRACE = kst("2027-01-01 00:00")


def write(path: Path, body: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def people(busan: ServedCity) -> tuple[Official, Official]:
    office = an_office()
    return office.admin, person("approver", "한승인", office.civil, "approver")


def publish(people: tuple[Official, Official], wanted: dict[Place, Any]) -> None:
    """Bring these values into force."""
    tree = in_force().tree
    operations = [
        operation(place, seen=value_at(tree, place), wanted=value)
        for place, value in wanted.items()
    ]
    change = services.change_draft(operations, title="시험", by=people[0], now=NOW)
    change = services.change_submit(change, actor=None, now=NOW)
    change = services.change_decide(change, approve=True, by=people[1], actor=None, now=NOW)
    services.change_apply(change, actor=None, now=NOW)
    change.refresh_from_db()
    assert change.status == ChangeStatus.APPLIED


def test_a_city_without_wishes_inherits_all(busan: ServedCity, next_standard: str) -> None:
    plan = services.upgrade_plan(next_standard)
    assert [one.path for one in plan.inherited] == sorted([OPENS, SUBJECT, TITLE])
    manifest = services.upgrade(next_standard, now=NOW, actor=None)
    assert manifest.standard_version == next_standard
    assert manifest.operations == []
    assert value_at(in_force().tree, OPENS) == "08:00"


def test_nothing_changes_before_the_city_accepts(
    people: tuple[Official, Official], next_standard: str
) -> None:
    before = in_force()
    services.upgrade_plan(next_standard)
    assert in_force() == before


def test_each_wish_is_adopted_kept_or_asked_about(
    people: tuple[Official, Official], next_standard: str
) -> None:
    publish(people, {OPENS: "08:30", CLOSES: "17:30", SUBJECT: "새 제목"})
    plan = services.upgrade_plan(next_standard)
    assert [one.path for one in plan.adopted] == [SUBJECT]
    assert [one.path for one in plan.kept] == [CLOSES]
    (conflict,) = plan.conflicts
    assert (conflict.base, conflict.new, conflict.mine) == ("09:00", "08:00", "08:30")
    assert [one.path for one in plan.inherited] == [TITLE]


@pytest.mark.parametrize(("choice", "opens_at"), [("mine", "08:30"), ("standard", "08:00")])
def test_a_conflict_is_settled_by_the_city(
    people: tuple[Official, Official], next_standard: str, choice: str, opens_at: str
) -> None:
    publish(people, {OPENS: "08:30", CLOSES: "17:30"})
    with pytest.raises(ChangeConflict, match=r"calendar\.office\.opens_at"):
        services.upgrade(next_standard, now=NOW, actor=None)
    services.upgrade(next_standard, now=NOW, actor=None, choices={OPENS: Choice(choice)})
    after = in_force()
    assert (value_at(after.tree, OPENS), value_at(after.tree, CLOSES)) == (opens_at, "17:30")
    assert services.upgrade_plan(next_standard).conflicts == ()
    assert after.standard_version == next_standard


def test_a_release_that_is_not_newer_or_not_there_is_refused(busan: ServedCity) -> None:
    with pytest.raises(ChangeNotAllowed, match=r"1\.0판"):
        services.upgrade("1.0", now=NOW, actor=None)
    with pytest.raises(StandardUnknown, match="있는 판"):
        services.upgrade_look("7.0")


def test_after_its_grace_a_city_moves_by_itself(busan: ServedCity, next_standard: str) -> None:
    assert services.upgrades_apply_due(now=GRACE - timedelta(seconds=1)) is None
    manifest = services.upgrades_apply_due(now=GRACE)
    assert manifest is not None
    assert manifest.standard_version == next_standard
    assert "유예" in manifest.note
    assert services.upgrades_apply_due(now=GRACE) is None


def test_a_city_with_a_conflict_stays_after_the_grace_until_it_chooses(
    people: tuple[Official, Official], next_standard: str
) -> None:
    publish(people, {OPENS: "08:30"})
    assert services.upgrade_look(next_standard).state == UpgradeState.CONFLICT
    assert services.upgrades_apply_due(now=GRACE) is None
    assert in_force().standard_version == "1.0"
    services.upgrade(next_standard, now=GRACE, actor=None, choices={OPENS: Choice.MINE})
    assert services.upgrade_look(next_standard).state == UpgradeState.CURRENT


def test_a_release_whose_weights_do_not_fit_the_citys_is_told_and_waits(
    people: tuple[Official, Official],
) -> None:
    own = {"method": "linear", "floor": 0, "ceiling": 100}
    publish(
        people,
        {
            ("kpi", "satisfaction", "weight"): 20,
            ("kpi", "response_rate", "weight"): 20,
            ("kpi", "response_rate", "evaluation"): own,
        },
    )
    look = services.upgrade_look("1.1")
    assert [one.operation.path for one in look.plan.conflicts] == [
        ("kpi", "satisfaction", "weight")
    ]
    assert [one.path for one in look.problems] == [("kpi",), ("kpi",)]
    with pytest.raises(DocumentsNotValid, match="100이어야"):
        services.upgrade(
            "1.1", now=NOW, actor=None, choices={("kpi", "satisfaction", "weight"): Choice.MINE}
        )


def test_the_drift_says_what_was_done_where(
    people: tuple[Official, Official], next_standard: str
) -> None:
    added = {"label": {"ko": "섬"}, "department_role": "road", "words": {"섬": True}}
    publish(people, {OPENS: "08:30", ("routing", "voice", "rules", "islands"): added})
    remove = operation(
        ("campaign_type", "city_news"),
        seen=value_at(in_force().tree, ("campaign_type", "city_news")),
        wanted=ABSENT,
        reason="보내지 않음",
    )
    change = services.change_draft([remove], title="시험", by=people[0], now=NOW)
    change = services.change_submit(change, actor=None, now=NOW)
    change = services.change_decide(change, approve=True, by=people[1], actor=None, now=NOW)
    services.change_apply(change, actor=None, now=NOW)
    found = drift_of_city()
    assert [one.path for one in found.customised] == [OPENS]
    assert [one.path for one in found.added] == [("routing", "voice", "rules", "islands")]
    assert [(one.path, one.reason) for one in found.removed] == [(remove.path, "보내지 않음")]
    assert [one.operation.path for one in found.conflicting] == [OPENS]
    assert len(found.places) == 3


def test_at_any_instant_exactly_one_manifest_is_in_force(
    people: tuple[Official, Official], next_standard: str
) -> None:
    publish(people, {CLOSES: "17:30"})
    first = in_force()
    services.upgrade(next_standard, now=NOW + timedelta(days=2), actor=None)
    assert in_force_at(NOW + timedelta(days=1)) == first
    assert in_force_at(NOW + timedelta(days=2)).number == first.number + 1
    assert in_force_at(NOW - timedelta(days=999)).number == STANDARD_MANIFEST
    back = services.rollback(first.number, now=NOW, actor=None)  # a clock that went back
    assert back.effective_from == NOW + timedelta(days=2)


@pytest.mark.parametrize(("step", "days"), [(2, 1), (0, 1), (1, -1)])
def test_the_database_keeps_the_manifests_in_line(
    people: tuple[Official, Official], step: int, days: int
) -> None:
    publish(people, {CLOSES: "17:30"})
    last = Manifest.objects.get(number=in_force().number)
    with (
        pytest.raises(IntegrityError, match=r"one after the other|number_key"),
        transaction.atomic(),
    ):
        Manifest.objects.create(
            number=last.number + step,
            effective_from=last.effective_from + timedelta(days=days),
            standard_version="1.0",
            digest=last.digest,
        )
