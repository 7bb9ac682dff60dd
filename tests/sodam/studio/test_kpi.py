"""The indicators' pages: a table of weights, one indicator, its formula tried out."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from customization.public import change_get, in_force, operations_of
from tests.sodam.studio.conftest import Browser

AREA = r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>'
CHOICE = r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>'
TABLE, ONE, NEW, TRY = "/studio/kpi", "/studio/kpi/reduction", "/studio/kpi/new", "/studio/kpi/try"


def typed_in(page: str) -> dict[str, str]:
    """What a browser would send back of a form as it is shown."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="hidden"' not in tag:
            found[name[1]] = unescape(value[1]) if value else ""
    for name, inside in re.findall(AREA, page, re.S):
        found[name] = unescape(inside.removeprefix("\n"))
    for name, options in re.findall(CHOICE, page, re.S):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        found[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]
    return found


def sent(client: Client, path: str, **changes: str) -> Any:
    names = {name.replace("__", "-"): value for name, value in changes.items()}
    page = client.get(path).content.decode()
    return client.post(path, {**typed_in(page), **names})


def change_of(answer: Any) -> dict[str, Any]:
    """Path -> what is wanted there, of the change that was written down."""
    assert answer.status_code == 303, answer.content.decode()[:3000]
    change = change_get(UUID(answer["Location"].rpartition("/")[2]))
    assert change.is_risky
    return {".".join(one.path): one.wanted for one in operations_of(change)}


@pytest.fixture
def admin(browser: Browser) -> Client:
    return browser("admin")


def test_the_table_shows_every_indicator_and_what_they_weigh_together(admin: Client) -> None:
    page = admin.get(TABLE).content.decode()
    for code in in_force().tree["kpi"]:
        assert f'name="{code}-weight"' in page
    assert page.count('data-whole="100">100</output>') == 3  # departments, officials, contract
    assert "구간 비례" in page
    assert "80→0점, 100→100점" in page


def test_other_weights_become_a_change_of_just_those(admin: Client) -> None:
    answer = sent(admin, TABLE, reduction__weight="40", on_time__weight="20")
    assert change_of(answer) == {"kpi.reduction.weight": 40, "kpi.on_time.weight": 20}
    assert in_force().tree["kpi"]["reduction"]["weight"] == 30, "nothing is in force by saving"


def test_weights_that_are_not_a_hundred_are_refused_with_the_sum(admin: Client) -> None:
    answer = sent(admin, TABLE, reduction__weight="40")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "100이어야 합니다 (지금 110)" in page
    assert 'data-whole="100">110</output>' in page
    assert 'value="40"' in page


def test_a_target_a_direction_and_a_method(admin: Client) -> None:
    answer = sent(
        admin,
        TABLE,
        reduction__target="55.5",
        on_time__method="pass_fail",
        unable_rate__target="5",
    )
    assert change_of(answer) == {
        "kpi.reduction.target": 55.5,
        "kpi.on_time.evaluation.method": "pass_fail",
        "kpi.unable_rate.target": 5,
    }


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"reduction__target": ""}, "reduction-method", "목표(target)가 있어야"),
        ({"reduction__target": "반"}, "reduction-target", "수를 써"),
        ({"on_time__weight": "130"}, "on_time-weight", "100"),
        ({"on_time__method": ""}, "on_time-method", "평가방법"),
        ({"on_time__direction": "lower"}, "on_time-method", "낮을수록 좋으면"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    admin: Client, changes: dict[str, str], field: str, word: str
) -> None:
    answer = sent(admin, TABLE, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page or f'href="#id_{field.split("-")[0]}' in page
    assert word in page


def test_a_contracts_weights(admin: Client) -> None:
    answer = sent(admin, TABLE, customer____reduction="50", customer____satisfaction="20")
    items = "performance_contract.customer.items"
    assert change_of(answer) == {
        f"{items}.reduction.weight": 50,
        f"{items}.satisfaction.weight": 20,
    }
    wrong = sent(admin, TABLE, customer____reduction="50")
    assert "항목의 가중치를 더하면 100이어야 합니다 (지금 120)" in wrong.content.decode()


def test_nothing_typed_is_no_change(admin: Client) -> None:
    answer = sent(admin, TABLE)
    assert answer.status_code == 422
    assert "바뀐 값이 없습니다" in answer.content.decode()


def test_a_reader_sees_and_cannot_save(browser: Browser) -> None:
    reader = browser("officer")
    page = reader.get(TABLE).content.decode()
    assert "disabled" in page
    assert "볼 수만 있습니다" in page
    assert sent(reader, TABLE, reduction__weight="40").status_code == 422
    assert sent(reader, ONE, label_ko="다른 이름").status_code == 403


def test_the_standards_formula_is_shown_with_its_lock_and_stays_whatever_is_sent(
    admin: Client,
) -> None:
    page = admin.get(ONE).content.decode()
    assert "시·도를 견주려면" in page
    assert 'name="formula"' not in page
    answer = sent(admin, ONE, formula="1", base="closed", target="60")
    assert change_of(answer) == {"kpi.reduction.target": 60}


def test_saving_what_is_shown_changes_nothing(admin: Client) -> None:
    for code in in_force().tree["kpi"]:
        answer = sent(admin, f"/studio/kpi/{code}")
        assert answer.status_code == 422, (code, change_of(answer))
        assert "바뀐 값이 없습니다" in answer.content.decode()


def test_grades_are_written_by_rows(admin: Client) -> None:
    answer = sent(
        admin,
        "/studio/kpi/on_time",
        method="step",
        g0_label="우수",
        g0_from="95",
        g0_points="100",
        g1_label="보통",
        g1_from="80",
        g1_points="60",
    )
    wanted = change_of(answer)
    assert wanted["kpi.on_time.evaluation.method"] == "step"
    grades = {path.rpartition(".")[2]: value for path, value in wanted.items() if ".grades" in path}
    assert next(iter(grades.values()))["g1"]["points"] == 100
    half = sent(admin, "/studio/kpi/on_time", method="step", g0_label="우수", g0_points="100")
    assert "등급의 값과 점수를 모두" in half.content.decode()


def own(**changes: str) -> dict[str, str]:
    return {
        "code": "withdrawn_rate",
        "label_ko": "취하율",
        "description_ko": "끝낸 의견 가운데 취하한 비율",
        "source_ko": "내부 방침",
        "formula": "round(withdrawn / closed * 100, 1)",
        "base": "closed",
        "direction": "lower",
        **changes,
    }


def test_a_new_indicator_of_ones_own(admin: Client) -> None:
    (path, body), *others = change_of(sent(admin, NEW, **own())).items()
    assert (path, others) == ("kpi.withdrawn_rate", [])
    assert body["formula"] == "round(withdrawn / closed * 100, 1)"
    assert "weight" not in body
    taken = sent(admin, NEW, **own(code="reduction"))
    assert "이미 있는 코드" in taken.content.decode()
    assert "영문 소문자로" in sent(admin, NEW, **own(code="new")).content.decode()


def test_a_formula_that_cannot_be_read_is_refused_at_its_character(admin: Client) -> None:
    answer = sent(admin, NEW, **own(formula="round(withdrawm / closed, 1)"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "withdrawn" in page  # did you mean
    assert "<mark>w</mark>" in page
    assert "7번째 글자" in page


def tried(client: Client, **typed: str) -> str:
    body = {**typed_in(client.get(NEW).content.decode()), **own(), **typed}
    answer = client.post(TRY, body)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_trial_gives_the_value_and_the_points(admin: Client) -> None:
    scored = {"method": "linear", "floor": "50", "ceiling": "0", "unit": "%"}
    page = tried(admin, t_withdrawn="10", t_closed="40", **scored)
    assert "<dd>25.0%</dd>" in page
    assert "<dd>50.00</dd>" in page
    assert "<html" not in page
    assert "0으로 나눈" in tried(admin, t_withdrawn="10", t_closed="0")
    assert "정수를" in tried(admin, t_withdrawn="많이", t_closed="4")
    assert "정수를" in tried(admin, t_withdrawn="9" * 15, t_closed="4")
    assert "4번째 글자" in tried(admin, formula="1 +")


@pytest.mark.parametrize("formula", ["", "(" * 300, "9" * 900, "\u200b", "한글", "x.y.z", "a if b"])
def test_a_trial_never_breaks(admin: Client, formula: str) -> None:
    tried(admin, formula=formula)


def test_without_a_script_the_page_tries_too_and_saves_nothing(admin: Client) -> None:
    page = admin.get(NEW).content.decode()
    answer = admin.post(
        NEW, {**typed_in(page), **own(), "t_withdrawn": "1", "t_closed": "8", "try": "1"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<dd>12.5%</dd>" in shown
    assert 'id="error-summary"' not in shown


def test_only_own_indicators_can_be_removed(admin: Client) -> None:
    assert admin.post(ONE, {"remove": "1"}).status_code == 403
    assert admin.get("/studio/kpi/no_such").status_code == 404
