"""A newer standard, as one city meets it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from core_crm import extension_points
from core_crm.staff.models import Official
from customization.documents import services
from customization.documents.errors import ChangeConflict
from customization.documents.selectors import in_force
from customization.documents.types import ChangeStatus
from customization.resolution import standard
from customization.resolution.operations import operation
from customization.resolution.rebase import Choice
from customization.resolution.trees import Path as Place
from customization.resolution.trees import value_at
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


def write(path: Path, body: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def people(busan: ServedCity) -> tuple[Official, Official]:
    office = an_office()
    return office.admin, person("approver", "한승인", office.civil, "approver")


def publish(people: tuple[Official, Official], wanted: dict[Place, str]) -> None:
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
