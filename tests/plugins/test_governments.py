"""The plugins of the sixteen governments: each keeps the contract, and does what its facts say."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

import plugins
from customization.plugin_api import CaseView
from customization.plugin_testing import a_case, problems_of_plugin
from customization.registry.store import known_plugins
from plugins.busan import sources, talks
from plugins.chungbuk.offices import nearest, office_of
from plugins.chungnam.south import at_hand
from plugins.daegu.night import asked_at_night, hand_over
from plugins.daejeon.saved import saved_days
from plugins.gangwon.season import beside, season_of
from plugins.gyeongbuk.east import in_pohang, is_coast
from plugins.gyeonggi.one_number import direct_line
from plugins.gyeongnam.languages import language_of, together
from plugins.incheon.mileage import shown, weekdays, written
from plugins.jeju.visits import centre, city_of
from plugins.jeonbuk.saemangeum import whose
from plugins.jeonnamgwangju.union import former_region
from plugins.sejong.tier import kind_of_place
from plugins.seoul.hours import band
from plugins.ulsan.odour import areas
from tests.conftest import kst

FOLDER = Path(plugins.__path__[0])
GOVERNMENTS = sorted(
    path.stem for path in (Path(settings.FIXTURES_DIR) / "organisation").glob("*.csv")
)
TODAY = date(2026, 11, 24)


def at(place: str, choice: str, **more: object) -> CaseView:
    return a_case(attributes={place: choice}, **more)


def test_every_government_has_one_that_can_be_used() -> None:
    known = known_plugins()
    assert len(GOVERNMENTS) == 16
    assert set(GOVERNMENTS) <= set(known.loaded)
    assert not [one for one in known.quarantined if one.origin.startswith("plugins.")]


@pytest.mark.parametrize("city", GOVERNMENTS)
def test_each_keeps_the_contract(city: str) -> None:
    assert problems_of_plugin(f"plugins.{city}") == []


@pytest.mark.parametrize("city", GOVERNMENTS)
def test_each_says_where_its_facts_come_from_and_when_they_were_read(city: str) -> None:
    plugin = known_plugins().loaded[city].plugin
    assert "읽은 날 2026-11-24" in plugin.source
    assert plugin.summary
    assert plugin.contributes


@pytest.mark.parametrize("city", GOVERNMENTS)
def test_none_imports_another(city: str) -> None:
    for path in (FOLDER / city).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("plugins."):
                assert (node.module or "").split(".")[1] == city


def test_no_two_add_the_same() -> None:
    contributed = {city: known_plugins().loaded[city].plugin.contributes for city in GOVERNMENTS}
    added = {
        city: frozenset((type(one).__name__, one.code) for one in all_of_it)
        for city, all_of_it in contributed.items()
    }
    assert len(set(added.values())) == 16


def test_a_pledge_of_the_mayor_of_busan_is_a_long_task_solved_by_mot() -> None:
    shown_beside = sources.advice(at("voice_source", "mayor_pledge", is_compound=False), TODAY)
    assert shown_beside is not None
    assert dict(shown_beside.lines) == {
        "출처": "시장공약사항",
        "과업구분": "장기성과제",
        "해결방법": "MOT관리",
    }


def test_an_everyday_petition_in_busan_has_no_advice_and_is_a_petition() -> None:
    everyday = a_case(attributes={}, is_compound=False)
    assert sources.advice(everyday, TODAY) is None
    assert sources.source_of(everyday) == "민원"


def test_a_compound_one_in_busan_is_checked_before_the_answer() -> None:
    panel = sources.advice(a_case(attributes={}, is_compound=True), TODAY)
    assert panel is not None
    assert ("복합민원", "답하기 전에 품질 확인") in panel.lines


def test_a_talk_on_the_spot_becomes_a_voice_of_busan() -> None:
    line = {
        "일자": "2026-11-20",
        "장소": "수영구 광안동",
        "건의자": "홍길동",
        "건의내용": "광안리 산책로가 어둡습니다. 등을 더 달아 주세요.",
    }
    assert talks.as_voice(line) == {
        "title": "광안리 산책로가 어둡습니다",
        "body": line["건의내용"],
        "received_at": "2026-11-20",
        "name": "홍길동",
        "location": "수영구 광안동",
    }


@pytest.mark.parametrize(
    ("received", "told"),
    [
        ("2026-11-24 08:00", "주간"),
        ("2026-11-24 18:59", "주간"),
        ("2026-11-24 19:00", "야간"),
        ("2026-11-24 07:59", "야간"),
        ("2026-11-28 12:00", "주말"),
    ],
)
def test_seoul_tells_day_night_and_weekend(received: str, told: str) -> None:
    assert band(a_case(received_at=kst(received))) == told


def test_daegu_hands_a_nights_danger_to_the_control_room() -> None:
    by_night = a_case(category="safety", received_at=kst("2026-11-24 23:10"))
    assert asked_at_night(by_night) == "예"
    assert hand_over(by_night, TODAY) is not None
    assert hand_over(a_case(category="tax", received_at=kst("2026-11-24 23:10")), TODAY) is None
    assert asked_at_night(a_case(received_at=kst("2026-11-24 17:59"))) == "아니요"


@pytest.mark.parametrize(
    ("closed", "points"),
    [("2026-11-16 10:00", 4), ("2026-11-20 10:00", 0), ("2026-11-24 10:00", -4)],
)
def test_incheon_gives_one_point_for_a_day_saved_and_takes_two_for_a_day_late(
    closed: str, points: int
) -> None:
    case = a_case(
        received_at=kst("2026-11-11 10:00"), due_at=kst("2026-11-20 18:00"), closed_at=kst(closed)
    )
    assert written(case) == points


def test_incheon_shows_what_today_would_bring() -> None:
    case = a_case(
        received_at=kst("2026-11-11 10:00"), due_at=kst("2026-11-26 18:00"), closed_at=None
    )
    panel = shown(case, TODAY)
    assert panel is not None
    assert dict(panel.lines)["오늘 마치면"] == "+2점"


def test_incheons_days_are_mondays_to_fridays() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert weekdays(friday, monday) == 1
    assert weekdays(monday, friday) == -1
    assert weekdays(date(2026, 11, 2), date(2026, 11, 30)) == 20


def test_daejeon_keeps_the_days_saved_of_statutory_petitions_only() -> None:
    times = {
        "received_at": kst("2026-11-02 10:00"),
        "due_at": kst("2026-11-12 18:00"),
        "closed_at": kst("2026-11-05 10:00"),
    }
    assert saved_days(a_case(petition_class="statutory", **times)) == 7
    assert saved_days(a_case(petition_class="grievance", **times)) is None
    late = times | {"closed_at": kst("2026-11-20 10:00")}
    assert saved_days(a_case(petition_class="statutory", **late)) == 0


def test_ulsan_shows_its_odour_areas_beside_smells_only() -> None:
    panel = areas(a_case(category="environment", title="공장 악취"), date(2026, 7, 1))
    assert panel is not None
    assert len(panel.lines) == 3
    assert panel.note.startswith("악취가 잦은 여름철")
    assert areas(a_case(category="road", title="구멍"), TODAY) is None


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2026, 2, 1), "봄"),
        (date(2026, 5, 15), "봄"),
        (date(2026, 5, 16), ""),
        (date(2026, 11, 1), "가을"),
        (date(2026, 12, 16), ""),
    ],
)
def test_gangwon_knows_the_wildfire_seasons(day: date, season: str) -> None:
    assert season_of(day) == season
    assert (beside(a_case(category="forest", title="나무"), day) is not None) == bool(season)


@pytest.mark.parametrize(
    ("city", "office"),
    [("jecheon", "북부출장소"), ("okcheon", "남부출장소"), ("cheongju", "도청"), ("", "도청")],
)
def test_chungbuk_sends_to_the_nearest_office(city: str, office: str) -> None:
    assert office_of(at("sigun", city)) == office
    assert (nearest(at("sigun", city), TODAY) is None) == (office == "도청")


def test_chungnams_southern_office_serves_three_places() -> None:
    assert at_hand(at("sigun", "nonsan"), TODAY) is not None
    assert at_hand(at("sigun", "cheonan"), TODAY) is None


def test_the_union_knows_which_region_a_place_was() -> None:
    assert former_region(at("area", "gj_buk")) == "광주광역시"
    assert former_region(at("area", "mokpo")) == "전라남도"
    assert former_region(a_case(attributes={})) is None


def test_sejong_tells_countryside_from_town() -> None:
    assert kind_of_place(at("eupmyeondong", "jochiwon")) == "읍·면"
    assert kind_of_place(at("eupmyeondong", "sodam")) == "동"


def test_gyeonggi_names_the_line_a_title_speaks_of() -> None:
    panel = direct_line(a_case(category="labour", title="일터의 인권"), TODAY)
    assert panel is not None
    assert dict(panel.lines) == {"인권센터": "031-120, 2번"}
    assert direct_line(a_case(category="road", title="구멍"), TODAY) is None


def test_saemangeum_shows_whose_land_is_whose() -> None:
    panel = whose(a_case(category="saemangeum", title="도로"), TODAY)
    assert panel is not None
    assert ("만경 6공구 방수제", "김제시") in panel.lines
    assert whose(a_case(category="tax", title="재산세"), TODAY) is None


def test_the_east_coast_is_served_in_pohang_but_not_for_passports() -> None:
    assert is_coast(at("sigun", "ulleung")) == "예"
    assert is_coast(at("sigun", "andong")) == "아니요"
    assert in_pohang(at("sigun", "uljin", title="항구"), TODAY) is not None
    assert in_pohang(at("sigun", "uljin", title="여권 재발급"), TODAY) is None


def test_gyeongnam_brings_an_interpreter_to_the_line() -> None:
    case = at("interpreter", "khmer")
    assert language_of(case) == "캄보디아어"
    panel = together(case, TODAY)
    assert panel is not None
    assert len(panel.lines) == 4
    assert together(a_case(attributes={}), TODAY) is None


def test_jejus_centre_mediates_with_traders() -> None:
    stay = centre(at("visit_kind", "stay", category="tourism"), TODAY)
    bus = centre(at("visit_kind", "transport", category="tourism"), TODAY)
    assert stay is not None
    assert bus is not None
    assert dict(stay.lines)["길"] != dict(bus.lines)["길"]
    assert city_of(at("haengjeongsi", "seogwipo")) == "서귀포시"
    assert centre(a_case(category="road"), TODAY) is None
