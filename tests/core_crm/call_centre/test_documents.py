"""How the telephone is answered: a person first, one line for each subject, one for the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from core_crm.call_centre.types import CallRouting
from core_crm.extension_points import document

Body = dict[str, Any]


def routing(change: Callable[[Body], Any] = lambda body: None) -> CallRouting:
    body: Body = document("call_routing", "main").body
    change(body)
    return CallRouting.model_validate(body)


def test_a_missed_call_becomes_a_call_back() -> None:
    found = routing()
    assert "call_back" in found.when_busy.offers & found.when_closed.offers
    assert found.missed.tries > 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body.update(agents_first=False), "agents_first"),
        (lambda body: body["lines"]["general"].update(takes_the_rest=False), "꼭 하나"),
        (lambda body: body["lines"]["tax"].update(takes_the_rest=True), "꼭 하나"),
        (lambda body: body["lines"]["tax"].update(categories=["traffic"]), "두 회선이 받습니다"),
        (lambda body: body.pop("tells_recording"), "tells_recording"),
        (lambda body: body["when_busy"].update(offers=[]), "offers"),
    ],
)
def test_a_machine_that_answers_first_and_other_mistakes_are_refused(
    change: Callable[[Body], Any], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        routing(change)
