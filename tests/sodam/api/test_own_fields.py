"""A city's own fields over the API: described, taken in, refused by name, read back masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core_crm.voices.models import Voice
from tests.sodam.api.test_permissions import A_VOICE
from tests.support.forms import use_form

Maker = Callable[..., Any]
FIELDS: dict[str, Any] = {
    "kind": {
        "label": {"ko": "갈래", "en": "Kind"},
        "type": "choice",
        "choices": {"lamp": {"label": {"ko": "가로등"}}, "road": {"label": {"ko": "길"}}},
        "required": True,
        "sort": 1,
    },
    "guardian": {
        "label": {"ko": "보호자"},
        "type": "text",
        "personal_data": "personal",
        "mask": "name",
        "sort": 2,
    },
    "inside": {"label": {"ko": "내부"}, "type": "text", "required": True, "in_api": False},
}


def test_the_fields_are_described(program: Maker) -> None:
    use_form(FIELDS)
    found = program("categories:read").get("/api/v1/voice-fields").json()["data"]
    assert [(one["code"], one["type"], one["is_required"]) for one in found] == [
        ("kind", "choice", True),
        ("guardian", "text", False),
    ]
    assert found[0]["choices"][0] == {"code": "lamp", "label_ko": "가로등", "label_en": ""}


def test_values_come_in_and_go_out_masked(program: Maker) -> None:
    use_form(FIELDS)
    caller = program("voices:write", "voices:read")
    attributes = {"kind": "lamp", "guardian": "홍길동"}
    made = caller.post("/api/v1/voices", A_VOICE | {"attributes": attributes})
    assert made.status_code == 201
    voice = Voice.objects.get(ref=made.json()["ref"])
    assert voice.attributes == attributes
    Voice.objects.filter(pk=voice.pk).update(
        attributes={**attributes, "inside": "메모", "x.lab.score": 3, "득표": "7"}
    )
    read = caller.get(f"/api/v1/voices/{voice.ref}").json()
    assert read["attributes"] == {"kind": "lamp", "guardian": "홍*동", "x.lab.score": 3}


def test_each_wrong_value_is_named(program: Maker) -> None:
    use_form(FIELDS)
    attributes = {"kind": "lamb", "inside": "x", "more": 1}
    refused = program("voices:write").post("/api/v1/voices", A_VOICE | {"attributes": attributes})
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["code"] == "voice.fields_not_valid"
    assert {one["field"] for one in problem["errors"]} == {
        "attributes.kind",
        "attributes.inside",
        "attributes.more",
    }
    assert "‘lamp’" in next(
        one["detail"] for one in problem["errors"] if one["field"] == "attributes.kind"
    )


def test_the_contract_says_where_the_fields_are_described(program: Maker) -> None:
    made = program().get("/api/v1/openapi.json").json()
    assert "/api/v1/voice-fields" in made["paths"]
    shape = made["components"]["schemas"]["VoiceInput"]["properties"]["attributes"]
    assert "voice-fields" in shape["description"]


def test_a_list_is_narrowed_by_them_and_never_by_a_personal_one(program: Maker) -> None:
    use_form(FIELDS)
    caller = program("voices:write", "voices:read")
    for kind in ("lamp", "road"):
        attributes = {"kind": kind, "guardian": "홍길동"}
        caller.post("/api/v1/voices", A_VOICE | {"attributes": attributes})
    found = caller.get("/api/v1/voices", **{"field.kind": "lamp"}).json()["data"]
    assert [one["attributes"]["kind"] for one in found] == ["lamp"]
    for name, value in (("kind", "moon"), ("guardian", "홍길동"), ("nothing", "x")):
        refused = caller.get("/api/v1/voices", **{f"field.{name}": value})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == f"field.{name}"
