"""What is planted in each city: people who do not exist, whose names must never leave it.

Every planted text holds a syllable that stands in no Korean word and is this city's own. So one
sign in another city's bytes tells a leak, masked names (first and last sign shown) included.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.utils.timezone import localdate
from PIL import Image

from core_crm.audit.services import visit_ask
from core_crm.audit.types import Actor
from core_crm.common.services import events_relay
from core_crm.customers.services import (
    citizen_register,
    citizens_merge,
    occasion_register,
    organisation_register,
    pair_open,
    participation_note,
)
from core_crm.customers.services.acquired import acquired_list_register, acquired_member_add
from core_crm.customers.types import CitizenDraft as PersonDraft
from core_crm.customers.types import OrganisationDraft
from core_crm.files.services import file_store
from core_crm.imports.services import batch_open
from core_crm.imports.types import ImportOptions
from core_crm.messaging.selectors import messages_about
from core_crm.segments.services import segment_create
from core_crm.segments.types import SegmentDraft
from core_crm.staff.models import Official
from core_crm.staff.selectors import department_by_code
from core_crm.staff.services import (
    api_key_create,
    department_load,
    official_invite,
    saved_view_save,
)
from core_crm.staff.types import DepartmentRow, Role, Scope
from core_crm.voices.models import Voice
from core_crm.voices.selectors import tracking_token
from core_crm.voices.services import publication_publish, voice_answer
from core_crm.voices.types import CitizenDraft, PublicText
from customization.public import Operation, change_draft
from tenants.context import serving_city
from tenants.isolation.ids import uuid7
from tests.support.voices import Office, a_voice_in_work, an_office

RARE = "뷁쀍꿻뛟쒥쮋퓗훽뀕뜗븛쁇쌟쫧춻튋"
"""One for each government, in the order of their codes."""
COMMON = "나리아"
"""In every planted name: to search for, without writing a canary into the page oneself."""
BACKEND = "sodam.demo.accounts.RealAccounts"
NUMBERED = re.compile(r"/s/([\w-]+)")


@dataclass(frozen=True, slots=True)
class Planted:
    """What a city holds: identities to ask for, secrets that open, and the sign that tells it."""

    code: str
    sign: str
    refs: tuple[str, ...]
    voice_ids: tuple[str, ...]
    track_token: str
    survey_token: str
    entry_id: str
    change_id: str
    view_id: str
    photo_id: str
    visit_id: str
    official_id: str
    citizen_id: str
    organisation_id: str
    list_id: str
    pair_id: str
    merge_id: str
    occasion_id: str
    batch_id: str
    segment_code: str
    api_key: str
    sessions: dict[str, str]

    @property
    def host(self) -> str:
        return f"{self.code}.localhost"

    def tells(self, text: str) -> bool:
        """Does a text hold anything of this city? Also as JSON writes it without Hangul."""
        return self.sign in text or f"\\u{ord(self.sign):04x}" in text.lower()

    def values(self) -> dict[str, str | tuple[str, ...]]:
        """What may stand in the placeholders of an address, by their names and kinds."""
        return {
            "ref": self.refs[0],
            "ref_or_id": (self.refs[0], self.voice_ids[0]),
            "entry_id": self.entry_id,
            "change_id": self.change_id,
            "view_id": self.view_id,
            "photo_id": self.photo_id,
            "visit_id": self.visit_id,
            "official_id": self.official_id,
            "citizen_id": self.citizen_id,
            "organisation_id": self.organisation_id,
            "list_id": self.list_id,
            "pair_id": self.pair_id,
            "merge_id": self.merge_id,
            "occasion_id": self.occasion_id,
            "batch_id": self.batch_id,
            "uuid": self.voice_ids[0],
            "token": self.survey_token,
            "number": "1",
            "kind": "kpi",
            "provider_id": "city",
            "code": self.segment_code,
        }


def sign_of(code: str, codes: list[str]) -> str:
    return RARE[sorted(codes).index(code)]


def plant(code: str, sign: str, *, now: datetime) -> Planted:
    """People, cases, files, keys and a proposal, made by the real services."""
    with serving_city(code):
        office = _office(sign)
        person = _everybody(office, sign, now)
        voice = a_voice_in_work(office, now, **_draft(sign))
        answered = a_voice_in_work(office, now, **_draft(sign))
        voice_answer(answered, body=f"{sign} 답변", by=office.officer, now=now)
        entry = publication_publish(
            answered,
            text=PublicText(title=f"{sign} 현황판", summary=f"{sign} 요약입니다."),
            by=person,
            now=now,
        )
        events_relay(now=now)
        return Planted(
            code=code,
            sign=sign,
            refs=(voice.ref, answered.ref),
            voice_ids=(str(voice.id), str(answered.id)),
            track_token=tracking_token(voice.ref),
            survey_token=_survey_token(answered),
            entry_id=str(entry.id),
            change_id=_proposal(person, sign, now),
            view_id=_view(person, sign),
            photo_id=_photo(voice, sign, now),
            visit_id=_visit(sign, now),
            official_id=str(office.officer.id),
            citizen_id=str(voice.citizen_id),
            organisation_id=_organisation(sign, now),
            list_id=_list(voice, sign, now),
            pair_id=_pair(voice, sign, now),
            merge_id=_merge(voice, sign, now),
            occasion_id=_occasion(voice, sign, now),
            batch_id=_batch(person, sign, now),
            segment_code=_segment(sign, now),
            api_key=api_key_create(name=f"{sign} 열쇠", scopes=[*map(str, Scope)], now=now)[1],
            sessions={
                "everybody": _session(person, code),
                "elsewhere": _session(office.stranger, code),
            },
        )


def _organisation(sign: str, now: datetime) -> str:
    draft = OrganisationDraft(name=f"{sign}{COMMON} 모임", address=f"{sign}로 1")
    return str(organisation_register(draft, by=None, now=now).id)


def _list(voice: Voice, sign: str, now: datetime) -> str:
    made = acquired_list_register(
        name=f"{sign} 명단",
        kind="citizens",
        source=f"{sign} 기관",
        received_on=localdate(now),
        basis="개인정보 보호법 제18조",
        purpose=f"{sign} 안내",
        expires_on=localdate(now) + timedelta(days=30),
        by=Actor(id=voice.id, name=f"{sign} 담당"),
        now=now,
    )
    acquired_member_add(made, voice.citizen, is_new=False)
    return str(made.id)


def _segment(sign: str, now: datetime) -> str:
    """Everybody who can be called; its code is one that an indicator has, too."""
    reachable = {"op": "eq", "field": "has_phone", "value": True}
    draft = SegmentDraft(code="reduction", name=f"{sign} 세그먼트", condition=reachable)
    return segment_create(draft, by=None, now=now).code


def _pair(voice: Voice, sign: str, now: datetime) -> str:
    """Two who may be one, for somebody to decide."""
    by = Actor(id=voice.id, name=f"{sign} 담당")
    return str(pair_open(voice.citizen, _twin(sign, 1, now), by=by, now=now).id)


def _merge(voice: Voice, sign: str, now: datetime) -> str:
    """Two who were one, and can be two again."""
    by = Actor(id=voice.id, name=f"{sign} 담당")
    one, other = _twin(sign, 2, now), _twin(sign, 3, now)
    return str(citizens_merge(one, other, chosen={}, reason=f"{sign} 까닭", by=by, now=now).id)


def _occasion(voice: Voice, sign: str, now: datetime) -> str:
    """An event to which somebody came."""
    told = {
        "name": f"{sign} 전시",
        "kind": "museum",
        "venue": f"{sign}관",
        "source": f"{sign} 명부",
    }
    made = occasion_register(**told, starts_on=localdate(now), by=None, now=now)
    participation_note(made, voice.citizen, on=localdate(now), now=now)
    return str(made.id)


def _twin(sign: str, number: int, now: datetime) -> Any:
    draft = PersonDraft(name=f"{sign}{COMMON}{sign}", email=f"t{number}.{ord(sign)}@c.example")
    return citizen_register(draft, by=None, now=now)


def _batch(person: Official, sign: str, now: datetime) -> str:
    """A file whose columns are still open."""
    file = ContentFile(f"이름,휴대전화\n{sign}{COMMON},010-0000-1234\n".encode(), f"{sign}.csv")
    options = ImportOptions(source=f"{sign} 기관")
    by = Actor(id=person.id, name=person.name)
    return str(batch_open("citizens", file, options, by=by, now=now).id)


def _office(sign: str) -> Office:
    office = an_office()
    department_load([DepartmentRow(code="a1.canary", name_ko=f"{sign}과", parent_code="a1")])
    return office


def _everybody(office: Office, sign: str, now: datetime) -> Official:
    """One official with every role, in the department of the cases."""
    return official_invite(
        email=f"everybody-{ord(sign):x}@test.example",
        name=f"{sign}{COMMON}{sign}",
        department=department_by_code(office.road.code),
        roles=[role.value for role in Role],
        now=now,
    )


def _draft(sign: str) -> dict[str, Any]:
    name = f"{sign}{COMMON}{sign}"
    return {
        "title": f"{sign} {COMMON} 집 앞 가로등",
        "body": f"저는 {name}입니다. {sign}",
        "citizen": CitizenDraft(
            name=name, phone=f"010-0000-{ord(sign) % 10_000:04}", email=f"c{ord(sign)}@c.example"
        ),
        "location": f"{sign}로 1",
        "is_public": True,
    }


def _survey_token(voice: Voice) -> str:
    bodies = " ".join(one.body for one in messages_about("voice", voice.id))
    found = NUMBERED.search(bodies)
    if found is None:
        raise AssertionError("No survey was sent after the answer: nothing to probe.")
    return found[1]


def _proposal(person: Official, sign: str, now: datetime) -> str:
    operation = Operation(
        op="set", path=("kpi", "reduction", "target"), value=55, base=50, reason=f"{sign} 까닭"
    )
    return str(change_draft([operation], title=f"{sign} 변경안", by=person, now=now).id)


def _view(person: Official, sign: str) -> str:
    view = saved_view_save(
        owner=person, screen="voices", name=f"{sign} 보기", query={"q": COMMON}, is_shared=True
    )
    return str(view.id)


def _photo(voice: Voice, sign: str, now: datetime) -> str:
    """A photograph whose name tells the city; its bytes stand in the city's folder."""
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    data.seek(0)
    stored = file_store(data, name=f"{sign}.png", about_kind="voice", about_id=voice.id, now=now)
    return str(stored.id)


def _visit(sign: str, now: datetime) -> str:
    operator = Actor(uuid7(), f"{sign} 운영자")
    asked = visit_ask(operator=operator, reason=f"{sign} 까닭을 열 글자 넘게", minutes=5, now=now)
    return str(asked.id)


def _session(person: Official, code: str) -> str:
    """The cookie of somebody logged in, made in their own city."""
    client = Client(headers={"host": f"{code}.localhost"})
    client.force_login(person.user, backend=BACKEND)
    return str(client.cookies["sessionid"].value)
