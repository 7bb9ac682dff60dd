"""Plugins in the studio: seen with all they do, turned on by whoever may, repaired by an admin."""

from __future__ import annotations

import pytest
from django.utils import timezone

from customization.public import in_force, uses_here
from customization.registry import health
from customization.registry.discovery import from_package
from customization.registry.models import PluginHealth
from tests.sodam.studio.conftest import Browser
from tests.support.plugins import Know, forget

PLAIN = """
from pydantic import BaseModel, Field
class Config(BaseModel):
    days: int = Field(default=7, ge=1, title="며칠 안에", description="1부터")
def show(case, today): return None
PLUGIN = Plugin(code="boxes", name="상자 모음", api=(1, 1), version="1.2",
    summary="상자를 보입니다", publisher="항구시", source="항구시 조례 2026-01-02",
    permissions=(Permission.CASES,), config=Config,
    contributes=(Panel(code="box", label_ko="큰 상자", label_en="Big box", show=show),))
"""


@pytest.fixture
def boxes(know: Know) -> None:
    know(boxes=PLAIN, broken_one="import no_such_thing")


def test_the_list_shows_what_may_be_used_and_what_cannot(boxes: None, browser: Browser) -> None:
    page = browser("admin").get("/studio/plugins").content.decode()
    for word in ("상자 모음", "1.2", "항구시", "꺼짐", "민원 곁의 상자 1", "no_such_thing"):
        assert word in page


def test_an_admin_turns_one_on_sets_it_and_turns_it_off(boxes: None, browser: Browser) -> None:
    admin, before = browser("admin"), in_force().digest
    page = admin.get("/studio/plugins/boxes").content.decode()
    for word in ("x.boxes.box", "누가 썼는지는 보지 못합니다", "며칠 안에", "기준 문서는 그대로"):
        assert word in page
    assert admin.post("/studio/plugins/boxes/on", {"days": "3"}).status_code == 303
    forget()
    assert [(one.code, one.config) for one in uses_here()] == [("boxes", {"days": 3})]
    refused = admin.post("/studio/plugins/boxes/set", {"days": "0"})
    assert refused.status_code == 422
    assert 'id="config-days-error"' in refused.content.decode()
    assert admin.post("/studio/plugins/boxes/set", {"days": "5"}).status_code == 303
    forget()
    assert uses_here()[0].config == {"days": 5}
    assert admin.post("/studio/plugins/boxes/off").status_code == 303
    forget()
    assert uses_here() == ()
    assert in_force().digest == before


def test_what_may_move_scores_is_turned_on_by_an_approver(
    outside_template: None, browser: Browser
) -> None:
    admin, approver = browser("admin"), browser("approver")
    page = admin.get("/studio/plugins/template").content.decode()
    assert "x.template.by_phone_share" in page
    assert "승인자가 결정합니다" in page
    assert admin.post("/studio/plugins/template/on").status_code == 403
    assert (
        approver.post("/studio/plugins/template/on", {"visit_within_days": "7"}).status_code == 303
    )
    forget()
    assert [one.code for one in uses_here()] == ["template"]
    assert admin.post("/studio/plugins/template/off").status_code == 403


def test_an_admin_repairs_a_paused_one(boxes: None, browser: Browser) -> None:
    admin = browser("admin")
    admin.post("/studio/plugins/boxes/on", {"days": "3"})
    forget()
    PluginHealth.objects.create(
        plugin="boxes",
        failures=5,
        last_place="Panel.box",
        last_error="ValueError: 부서짐",
        last_failed_at=timezone.now(),
        paused_at=timezone.now(),
    )
    assert "여러 번 실패해" in admin.get("/studio/plugins").content.decode()
    page = admin.get("/studio/plugins/boxes").content.decode()
    assert "ValueError: 부서짐" in page
    assert admin.post("/studio/plugins/boxes/resume").status_code == 303
    assert not health.is_paused("boxes")


def test_who_may_only_look_is_offered_nothing(boxes: None, browser: Browser) -> None:
    viewer = browser("privacy")
    assert viewer.get("/studio/plugins/boxes").status_code == 200
    assert viewer.post("/studio/plugins/boxes/on").status_code == 403


def test_another_governments_plugin_is_not_there(know: Know, browser: Browser) -> None:
    know(from_package("plugins._template"))
    assert browser("admin").get("/studio/plugins/template").status_code == 404
