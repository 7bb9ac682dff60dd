"""The demo's public board: moderated by its invented officials, through the real services."""

from __future__ import annotations

from pathlib import Path

import yaml

from core_crm.audit.models import AuditEntry
from core_crm.voices.models import Publication
from core_crm.voices.selectors import board_counts, certain, personal_data_of, voice_get
from core_crm.voices.types import PublicText, Standing
from sodam.demo.board import reasons
from sodam.demo.building import fill
from sodam.demo.wordings import topics
from tenants.context import serving_city
from tests.conftest import kst

NOW = kst("2026-11-24 14:30")
DEMO = Path(__file__).resolve().parents[3] / "fixtures" / "demo"


def test_a_filled_city_has_a_board_with_every_state(two_cities: tuple[str, str]) -> None:
    fill("busan", voices=400, now=NOW)
    with serving_city("busan"):
        counts = board_counts()
        assert min(counts.going_on, counts.done, counts.unable) >= 1
        shown = Publication.objects.filter(standing=Standing.PUBLISHED)
        assert {one.moderated_by.user.email for one in shown} == {"steward@busan.example"}
        taken_back = AuditEntry.objects.filter(action="publication.taken_back").count()
        published = AuditEntry.objects.filter(action="publication.published").count()
        assert 0 <= published - shown.count() <= taken_back == 1
        assert Publication.objects.filter(standing=Standing.PROPOSED).exists()
        for entry in shown.select_related("voice"):
            assert entry.voice.is_public
            assert entry.changed_at <= NOW
            words = PublicText(entry.title, entry.summary, entry.result, entry.reason)
            assert not certain(personal_data_of(voice_get(entry.voice_id), words))
            assert entry.summary.endswith(("하셨습니다.", ".", "?", "!"))
            assert "안녕하" not in entry.summary + entry.result
    with serving_city("seoul"):
        assert not Publication.objects.exists()


def test_every_added_law_belongs_to_a_reason_that_exists() -> None:
    known = {one["reason"] for topic in topics().values() for one in topic.unable}
    assert set(reasons()) == known
    assert all(set(more) <= {"law", "alternative"} for more in reasons().values())
    raw = yaml.safe_load((DEMO / "board.yaml").read_text(encoding="utf-8"))
    assert all(len(more["alternative"]) <= 500 for more in raw.values())
