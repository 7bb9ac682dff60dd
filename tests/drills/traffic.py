"""What people do in every city during a drill: read pages, ask the API, file a voice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import uuid4

from tests.drills.load import Load, Request
from tests.drills.product import DrilledProduct

FEW = 4
MAKE_KEYS = """
import json
from sodam.cli.processes import load_django
load_django()
from django.utils import timezone
from core_crm.staff.services import api_key_create
from tenants.context import serving_city
keys = {{}}
for code in {codes!r}:
    with serving_city(code):
        keys[code] = [api_key_create(name="drill", scopes=["voices:write", "voices:read"],
                                     now=timezone.now())[1] for _ in range(4)]
print(json.dumps(keys))
"""


def traffic(product: DrilledProduct, codes: Sequence[str], *, clients: int) -> Load:
    """A load over all these cities in turn: home page, log-in page, list by key, a new voice.

    Few clients are also in less of a hurry: the drill of the suite shares its processors.
    """
    if without := [code for code in codes if code not in product.keys]:
        made = product.python(MAKE_KEYS.format(codes=without)).splitlines()[-1]
        product.keys.update(json.loads(made))
    requests = [one for code in codes for one in _city(code, product.keys[code])]
    # every client meets all cities and all kinds, in an order that mixes them
    mixed = [requests[(number * 7) % len(requests)] for number in range(len(requests))]
    chosen, pause = (mixed if len(requests) % 7 else requests), 0.0 if clients > FEW else 0.1
    return Load(product.port, chosen, clients=clients, pause_seconds=pause)


def _city(code: str, keys: Sequence[str]) -> list[Request]:
    host, run = f"{code}.localhost", uuid4().hex[:8]

    def headers(number: int) -> dict[str, str]:
        return {"Authorization": f"Bearer {keys[number % len(keys)]}"}

    def filing(number: int) -> dict[str, str]:
        own = {"Content-Type": "application/json", "Idempotency-Key": f"{run}-{number}"}
        return {**headers(number), **own}

    return [
        Request(host, "/"),
        Request(host, "/staff/login"),
        Request(host, "/api/v1/voices?limit=5", headers=headers),
        Request(host, "/api/v1/voices", "POST", body=_voice, headers=filing),
    ]


def _voice(number: int) -> bytes:
    voice = {
        "title": f"가로등이 꺼져 있습니다 {number}",
        "body": "사흘째 그대로여서 밤에 다니기 어렵습니다. 빠른 조치를 부탁드립니다.",
        "channel": "api",
        "citizen": {"name": "홍길동", "phone": f"010{number % 10**8:08d}"},
    }
    return json.dumps(voice).encode()
