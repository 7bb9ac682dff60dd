"""A random walk over pages: the access log holds exactly what was shown, to whom, of whom (R16).

`SODAM_WALK=10000 .venv/bin/python -m pytest tests/sodam/staff/test_access_walk.py` walks further.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from django.test import Client

from core_crm.audit.models import Disclosure
from core_crm.audit.services import log_seal, log_verify
from core_crm.audit.types import Actor
from core_crm.customers.services import citizen_register, citizens_merge, organisation_register
from core_crm.customers.types import CitizenDraft, OrganisationDraft
from core_crm.staff.services import api_key_create
from core_crm.staff.types import Scope
from tests.conftest import ServedCity
from tests.sodam.staff import kit

STEPS = int(os.environ.get("SODAM_WALK", "120"))
ROLES = ("officer", "agent", "steward", "privacy", "head")
NAMES = ("김하늘", "이바다", "박온유", "최가람", "정누리", "한담당")
REASON = "전화로 확인하려고"
PARTIAL = {"HX-Request-Type": "partial"}

Row = tuple[UUID, str, UUID]
Step = Callable[["Walk"], Iterator[Row]]


@dataclass
class Walk:
    """Who walks, over whom, and the dice."""

    dice: Random
    seats: list[tuple[UUID, Client]]
    persons: list[UUID]
    alias: UUID
    survivor: UUID
    ref: str
    sender: UUID
    body: UUID
    key: tuple[UUID, Client]

    def seat(self) -> tuple[UUID, Client]:
        return self.dice.choice(self.seats)

    def person(self) -> UUID:
        return self.dice.choice(self.persons)


def view(walk: Walk) -> Iterator[Row]:
    """A page of one person, or a part of it; an alias leads to who it became."""
    actor, client = walk.seat()
    below = walk.dice.choice(("", "/preview", "/timeline", "/segments"))
    person = walk.person()
    answer = client.get(f"/staff/customers/{person}{below}", headers=PARTIAL if below else {})
    if answer.status_code == 200:
        yield actor, "customer.viewed", walk.survivor if person == walk.alias else person


def unmask(walk: Walk) -> Iterator[Row]:
    """With a reason opened; without one the page comes back as it was, which is a look at it."""
    actor, client = walk.seat()
    person = walk.person()
    whose = walk.survivor if person == walk.alias else person
    reason = walk.dice.choice((REASON, "", "짧음"))
    answer = client.post(f"/staff/customers/{person}/unmask", {"reason": reason})
    if answer.status_code == 200:
        yield actor, "customer.unmasked", whose
    elif answer.status_code == 422:
        yield actor, "customer.viewed", whose


def unmask_case(walk: Walk) -> Iterator[Row]:
    actor, client = walk.seat()
    reason = walk.dice.choice((REASON, ""))
    answer = client.post(f"/staff/voices/{walk.ref}/unmask", {"reason": reason})
    if answer.status_code == 200:
        yield actor, "customer.unmasked", walk.sender


def export(walk: Walk) -> Iterator[Row]:
    """Each line of the file is one row."""
    actor, client = walk.seat()
    what = walk.dice.choice(("covered", "open"))
    reason = walk.dice.choice((REASON, ""))
    answer = client.post("/staff/customers.csv", {"what": what, "reason": reason})
    if answer.status_code == 200:
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        for line in lines[1:]:
            yield actor, "customer.exported", UUID(line[0])


def read_by_key(walk: Walk) -> Iterator[Row]:
    actor, client = walk.key
    person = walk.person()
    answer = client.get(f"/api/v1/citizens/{person}")
    if answer.status_code == 200:
        yield actor, "customer.read_by_key", UUID(answer.json()["id"])


LISTS = (
    "/staff/customers",
    "/staff/customers?kind=organisations",
    "/staff/customers/export",
    "/staff/customers/duplicates",
    "/staff/customers/quality",
    "/staff/acquired",
    "/staff/occasions",
    "/staff/audit",
    "/staff/voices",
)


def look_at_lists(walk: Walk) -> Iterator[Row]:
    """Covered names in a list are no disclosure, nor is a body's page."""
    _actor, client = walk.seat()
    path = walk.dice.choice(
        (*LISTS, f"/staff/voices/{walk.ref}", f"/staff/organisations/{walk.body}")
    )
    client.get(path)
    yield from ()


def seek(walk: Walk) -> Iterator[Row]:
    _actor, client = walk.seat()
    client.post("/staff/customers", {"q": walk.dice.choice(NAMES)}, follow=True)
    yield from ()


def get_lost(walk: Walk) -> Iterator[Row]:
    """Nobody there, or nobody logged in."""
    _actor, client = walk.seat()
    client.get(f"/staff/customers/{walk.body}")
    Client(headers={"host": "busan.localhost"}).get(f"/staff/customers/{walk.person()}")
    yield from ()


COMMON: tuple[Step, ...] = (view, view, view, unmask, unmask_case, look_at_lists, seek, get_lost)
STEPPING: tuple[Step, ...] = (*COMMON, read_by_key, export)


def a_walk(seed: int) -> Walk:
    now, actor = datetime.now(UTC), Actor(kit.official("admin").id, "관리자")
    drafts = [
        CitizenDraft(name=name, phone=f"010-0000-{place:04}") for place, name in enumerate(NAMES)
    ]
    people = [citizen_register(draft, by=None, now=now) for draft in drafts]
    citizens_merge(people[0], people[1], chosen={}, reason="같은 사람", by=actor, now=now)
    officials = [kit.official(role, name=f"{role}담당") for role in ROLES]
    voice = kit.voice(to=officials[0])
    key, raw = api_key_create(name="연계", scopes=[Scope.CITIZENS_READ], now=now)
    program = Client(headers={"host": "busan.localhost", "authorization": f"Bearer {raw}"})
    body = OrganisationDraft(name="한빛어린이집", kind="institution")
    return Walk(
        dice=Random(seed),  # noqa: S311 - a walk that can be walked again
        seats=[(one.id, kit.logged_in(one)) for one in officials],
        persons=[one.pk for one in people],
        alias=people[1].pk,
        survivor=people[0].pk,
        ref=voice.ref,
        sender=voice.citizen_id,
        body=organisation_register(body, by=actor, now=now).pk,
        key=(key.id, program),
    )


def test_rows_of_the_log_are_the_disclosures_exactly(busan: ServedCity) -> None:
    walk = a_walk(seed=16)
    shown: Counter[Row] = Counter()
    for _ in range(STEPS):
        shown.update(walk.dice.choice(STEPPING)(walk))
    persons = Disclosure.objects.exclude(subject_kind="organisation")
    noted = Counter(persons.values_list("actor_id", "action", "subject_id"))
    assert noted == shown
    assert shown.total() > STEPS / 3
    assert {action for _actor, action, _person in shown} == {
        "customer.viewed",
        "customer.unmasked",
        "customer.exported",
        "customer.read_by_key",
    }
    while log_seal(now=datetime.now(UTC)):
        pass
    assert log_verify() is None
