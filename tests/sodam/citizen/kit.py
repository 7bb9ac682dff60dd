"""A citizen at the keyboard, without scripts: what a browser would send."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

WHAT = {
    "category": "road",
    "title": "보도블록이 깨져 있어요",
    "body": "지난주부터 정류장 앞 보도블록이 내려앉았습니다.",
    "location": "시청역 6번 출구",
}
YOU = {
    "name": "김민수",
    "phone": "010-0000-4211",
    "email": "",
    "reply_channel": "sms",
    "is_public": "no",
    "consent": "on",
}


def file_a_voice(client: Client, **changes: Any) -> HttpResponse:
    """All three pages; the answer to the last button."""
    client.post("/voices/new/what", WHAT | changes)
    client.post("/voices/new/you", YOU)
    key = client.get("/voices/new/check").context["filing"].key
    return client.post("/voices/new/check", {"key": key})


def ref_of(answer: HttpResponse) -> str:
    """The reference in the address of the receipt."""
    return str(answer["Location"]).split("/")[2]
