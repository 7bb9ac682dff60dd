"""A city changes its own documents in the studio: nothing before it was checked and approved."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from customization.public import change_list, in_force, value_at
from sodam.studio.leaves import NotReadable, as_text, kind_of, leaves_of, read
from tests.sodam.studio.conftest import Browser

DOCUMENT = "/studio/documents/kpi/reduction"
TARGET = ("kpi", "reduction", "target")


def field_of(client: Client, label: str) -> str:
    """The name of the field that belongs to a label."""
    page = client.get(DOCUMENT).content.decode()
    found = re.search(rf'<label for="(v\d+)">[^<]*</label><br><code>{label}</code>', page)
    assert found
    return found[1]


def propose(client: Client, label: str, text: str) -> str:
    """Save one value; the address of the change it became."""
    answer = client.post(DOCUMENT, {field_of(client, label): text, "title": "목표를 올린다"})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["location"])


def act(client: Client, change: str, name: str, **fields: str) -> int:
    return client.post(f"{change}/{name}", fields).status_code


def test_a_value_goes_from_a_field_into_force(browser: Browser) -> None:
    writer, approver = browser("admin"), browser("approver")
    change = propose(writer, "target", "55")
    page = writer.get(change).content.decode()
    assert "<del>50</del>" in page
    assert "<ins>55</ins>" in page
    assert value_at(in_force().tree, TARGET) == 50
    assert act(writer, change, "submit") == 303
    assert act(writer, change, "approve") == 403
    assert act(approver, change, "approve", note="좋습니다") == 303
    assert act(writer, change, "apply") == 303
    assert value_at(in_force().tree, TARGET) == 55


def in_force_by_two(writer: Client, approver: Client, label: str, text: str) -> None:
    change = propose(writer, label, text)
    act(writer, change, "submit")
    act(approver, change, "approve")
    act(writer, change, "apply")


def test_what_moves_scores_is_rolled_back_by_two(browser: Browser) -> None:
    writer, approver = browser("admin"), browser("approver")
    before = in_force().digest
    in_force_by_two(writer, approver, "target", "55")
    assert browser("officer").post("/studio/changes/back/0").status_code == 403
    asked = writer.post("/studio/changes/back/0")
    assert asked.status_code == 303
    change = str(asked["location"])
    assert in_force().digest != before
    assert writer.post("/studio/changes/back/0")["location"] == change  # asked twice, written once
    assert act(writer, change, "approve") == 403
    assert act(approver, change, "approve") == 303
    assert act(approver, change, "apply") == 303
    assert in_force().digest == before
    assert "2판" in approver.get("/studio/changes").content.decode()


def test_an_approver_alone_does_not_bring_scores_back(browser: Browser) -> None:
    writer, approver = browser("admin"), browser("approver")
    in_force_by_two(writer, approver, "target", "55")
    change = str(approver.post("/studio/changes/back/0")["location"])
    assert act(approver, change, "approve") == 403
    assert value_at(in_force().tree, TARGET) == 55


def test_what_moves_nothing_is_rolled_back_at_once(browser: Browser) -> None:
    writer = browser("admin")
    before = in_force().digest
    page = writer.get("/studio/documents/template/voice_received").content.decode()
    field = re.findall(r'name="(v\d+)"[^>]*>[^<]*접수', page)[0]
    answer = writer.post(
        "/studio/documents/template/voice_received", {field: "접수했습니다: {{ref}}", "title": "말"}
    )
    change = str(answer["location"])
    act(writer, change, "submit")
    act(writer, change, "approve")
    act(writer, change, "apply")
    assert in_force().digest != before
    assert writer.post("/studio/changes/back/0")["location"] == "/studio/changes"
    assert in_force().digest == before


def test_a_way_back_that_was_overtaken_is_refused(browser: Browser) -> None:
    writer, approver = browser("admin"), browser("approver")
    in_force_by_two(writer, approver, "target", "55")
    change = str(writer.post("/studio/changes/back/0")["location"])
    act(approver, change, "approve")
    in_force_by_two(writer, approver, "target", "60")
    assert act(approver, change, "apply") == 409
    assert value_at(in_force().tree, TARGET) == 60


def test_what_is_no_number_stays_in_its_field(browser: Browser) -> None:
    writer = browser("admin")
    field = field_of(writer, "target")
    answer = writer.post(DOCUMENT, {field: "쉰"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="error-summary"' in page
    assert f'href="#{field}"' in page
    assert 'value="쉰"' in page
    assert not change_list().exists()


def test_what_the_core_would_refuse_is_not_submitted(browser: Browser) -> None:
    writer = browser("admin")
    change = propose(writer, "weight", "500")
    assert "검사" in writer.get(change).content.decode()
    answer = writer.post(f"{change}/submit")
    assert answer.status_code == 409
    assert "kpi.reduction.weight" in answer.content.decode()


def test_what_is_compared_between_cities_has_no_field(browser: Browser) -> None:
    page = browser("admin").get(DOCUMENT).content.decode()
    assert "시·도를 견주려면 재는 방법이 같아야 합니다" in page
    assert not re.search(r'<label for="v\d+">[^<]*</label><br><code>formula</code>', page)


def test_a_whole_document_is_edited_as_yaml(browser: Browser) -> None:
    writer = browser("admin")
    page = writer.get("/studio/documents/calendar/office?as=yaml").content.decode()
    assert "opens_at" in page
    body = (
        "version: '1.0'\nlabel: {ko: 근무, en: Work}\nopens_at: '08:00'\ncloses_at: '17:00'\n"
        "time_zone: Asia/Seoul\nbreaks: {}\n"
    )
    answer = writer.post("/studio/documents/calendar/office", {"as": "yaml", "yaml": body})
    assert answer.status_code == 303
    assert "opens_at" in writer.get(answer["location"]).content.decode()
    wrong = writer.post("/studio/documents/calendar/office", {"as": "yaml", "yaml": "["})
    assert wrong.status_code == 422


def test_a_page_that_is_out_of_date_changes_nothing(browser: Browser) -> None:
    writer, approver = browser("admin"), browser("approver")
    field, seen = field_of(writer, "target"), in_force().number
    change = propose(writer, "target", "60")
    assert act(writer, change, "submit") == 303
    assert act(approver, change, "approve") == 303
    assert act(approver, change, "apply") == 303
    answer = writer.post(DOCUMENT, {"seen": seen, field: "55"})
    assert answer.status_code == 422
    assert "그사이 다른 판이 적용되었습니다" in answer.content.decode()
    assert change_list().count() == 1
    assert f'name="seen" value="{in_force().number}"' in writer.get(DOCUMENT).content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n",  # a few lines more fill the memory
        "a: &a [*a]\n",
        "a: " + "[" * 5_000,
    ],
)
def test_yaml_that_grows_without_end_is_refused(browser: Browser, body: str) -> None:
    answer = browser("admin").post(
        "/studio/documents/calendar/office", {"as": "yaml", "yaml": body}
    )
    assert answer.status_code == 422
    with pytest.raises(NotReadable):
        read(body, kind="yaml")


def test_nothing_changed_makes_no_proposal(browser: Browser) -> None:
    assert browser("admin").post(DOCUMENT, {"title": "x"}).status_code == 422


def test_an_officer_reads_and_changes_nothing(browser: Browser) -> None:
    officer = browser("officer")
    assert "변경안으로 저장" not in officer.get(DOCUMENT).content.decode()
    assert officer.post(DOCUMENT, {"v0": "x", "title": "x"}).status_code == 403
    assert officer.get("/studio/documents/kpi/nothing").status_code == 404


@pytest.mark.parametrize(
    "value", ["글", "여러 줄\n글", 3, 2.5, True, ["하나", "둘"], None, {}, [], "3", "true"]
)
def test_every_value_reads_back_as_it_was(value: object) -> None:
    assert read(as_text(value), kind=kind_of(value)) == value


def test_a_document_is_shown_leaf_by_leaf() -> None:
    body = {"a": {"b": 1, "c": {}}, "d": "x"}
    assert [(one.path, one.value) for one in leaves_of(body)] == [
        (("a", "b"), 1),
        (("a", "c"), {}),
        (("d",), "x"),
    ]
    with pytest.raises(NotReadable):
        read("[", kind="yaml")
