"""`sodam privacy`: one person's report, periods of retention, and a new key."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from core_crm.audit.models import Disclosure
from core_crm.customers.models import Citizen
from core_crm.customers.selectors.identifiers import identifier_keys
from core_crm.customers.services import citizen_register
from core_crm.customers.services.identifiers import identifier_set
from core_crm.customers.types import CitizenDraft
from sodam.cli import main
from tenants.context import serving_city
from tests.conftest import kst

pytestmark = pytest.mark.usefixtures("two_cities")
NOW = kst("2026-11-24 10:00")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["privacy", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def somebody(code: str) -> Citizen:
    draft = CitizenDraft(name="한여권", phone="010-0000-1212")
    with serving_city(code):
        return citizen_register(draft, by=None, now=NOW)


def test_a_report_tells_all_and_stands_in_the_access_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    citizen = somebody("busan")
    found = told(capsys, "report", "--city", "busan", "--citizen", str(citizen.pk))
    assert found["rows"] == 1
    (row,) = found["parts"][0]["rows"]
    assert (row["values"]["이름"], row["values"]["휴대전화"]) == ("한여권", "+821000001212")
    with serving_city("busan"):
        assert Disclosure.objects.get().subject_id == citizen.pk


def test_nobody_is_found_in_another_city(capsys: pytest.CaptureFixture[str]) -> None:
    citizen = somebody("busan")
    assert main(["privacy", "report", "--city", "seoul", "--citizen", str(citizen.pk)]) == 4


def test_a_dry_run_counts_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    draft = CitizenDraft(name="이침묵", email="silent@citizen.example")
    with serving_city("busan"):
        citizen_register(draft, by=None, now=timezone.now() - timedelta(days=800))
    asked = ("retention", "--city", "busan")
    for arguments, expected in (((*asked, "--dry-run"), (1, 0)), (asked, (0, 1))):
        rules = {one["code"]: one for one in told(capsys, *arguments)["rules"]}
        assert (rules["citizens"]["due"], rules["citizens"]["forgotten"]) == expected
    with serving_city("busan"):
        assert Citizen.objects.get().name == ""


def test_a_new_key_locks_the_numbers_of_every_city(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = {"FILE": str(tmp_path / "ring.json"), "IS_MADE_ON_THE_SPOT": True}
    monkeypatch.setattr(settings, "KEY_RING", ring)
    for code in ("busan", "seoul"):
        citizen = somebody(code)
        with serving_city(code):
            identifier_set(citizen, "passport", "M1234567", basis="여권법", by=None, now=NOW)
    assert told(capsys, "rotate-keys") == {"key": "k2", "cities": 2, "relocked": 2, "dropped": 1}
    for code in ("busan", "seoul"):
        with serving_city(code):
            assert identifier_keys() == {"k2"}
