"""While voices come in, are answered and asked about, one part after another is killed.

A small version of the chaos suite: nothing is lost, nothing is sent twice.
"""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress

import pytest

from sodam.celery import SWEEPS
from tests.support.product import RunningSodam
from tests.support.visitor import AlreadyDone, Visitor

pytestmark = pytest.mark.runtime

PARTS = ("worker", "web", "valkey", "beat", "postgres")
VOICES = len(PARTS) + 1  # each is killed while they come in; one stays without an answer
UNTIL_THE_NEXT_SWEEP_SECONDS = SWEEPS["messaging.send_due"] + 1
PATIENCE_SECONDS = 120


def file_one(api: Visitor, number: int) -> str:
    """A voice by API; the same key is sent again when the web was killed in between."""
    body = {
        "title": f"보도블록이 깨졌어요 {number}",
        "body": "사흘째 그대로여서 걷기 어렵습니다.",
        "channel": "api",
        "category": "road",
        "citizen": {"name": "정하늘", "phone": f"010-0000-{9100 + number}"},
    }
    return str(api.post_json("/api/v1/voices", body, Idempotency_Key=f"kill-{number}")["ref"])


def answer_one(officer: Visitor, ref: str) -> None:
    """Take it and answer it; a click repeated after a kill meets a refusal, no second answer."""
    page = f"/staff/voices/{ref}"
    _press(officer, f"{page}/take", page)
    _press(officer, f"{page}/answer", page, body="새것으로 갈았습니다. 고맙습니다.", channel="sms")


def _press(officer: Visitor, address: str, page: str, **fields: str) -> None:
    """Send a form of the page with the version that it shows."""
    version = re.search(r'name="version" value="(\d+)"', officer.get(page))
    assert version is not None
    with suppress(AlreadyDone):
        officer.submit(address, form_on=page, version=version[1], **fields)


def letters_of(visitor: Visitor, refs: list[str]) -> dict[str, list[str]]:
    """Reference -> the texts in the demo mailbox that name it."""
    letters = visitor.get("/demo/mailbox").split('<li class="sd-card sd-letter')[1:]
    return {ref: [letter for letter in letters if ref in letter] for ref in refs}


def killed_in_turn(sodam: RunningSodam, turn: int) -> None:
    sodam.kill(PARTS[turn % len(PARTS)])


@pytest.mark.timeout(400)
def test_killing_each_part_in_turn_loses_no_voice_and_doubles_no_message(
    running_sodam: RunningSodam,
) -> None:
    asked = (
        "api-key create --city seoul --name kill --scopes voices:read,voices:write --format json"
    )
    made = running_sodam.cli(*asked.split())
    api = Visitor(running_sodam, "seoul")
    api.headers["Authorization"] = f"Bearer {json.loads(made.stdout)['key']}"
    refs = []
    for number in range(VOICES):
        refs.append(file_one(api, number))
        killed_in_turn(running_sodam, number)
    assert len(set(refs)) == VOICES
    again = [file_one(api, number) for number in range(VOICES)]
    assert again == refs, "a repeated key made another voice"
    head = Visitor(running_sodam, "seoul")
    head.submit(
        "/staff/login", form_on="/staff/login", login="head@seoul.example", password="sodam-demo"
    )
    for turn, ref in enumerate(refs[: len(PARTS)]):
        answer_one(head, ref)
        killed_in_turn(running_sodam, turn)
    _expect_letters(running_sodam, refs)


def _expect_letters(sodam: RunningSodam, refs: list[str]) -> None:
    visitor, found = Visitor(sodam, "seoul"), {}
    wanted = {ref: 3 if place < len(PARTS) else 1 for place, ref in enumerate(refs)}
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = {ref: len(texts) for ref, texts in letters_of(visitor, refs).items()}
        if found == wanted:
            break
        time.sleep(1)
    time.sleep(UNTIL_THE_NEXT_SWEEP_SECONDS)  # a second copy would come with it
    found = {ref: len(texts) for ref, texts in letters_of(visitor, refs).items()}
    assert found == wanted, "receipt for all; receipt, answer and survey for those answered"
