"""What stands around the invented citizens: families, days, visits, consents, bodies, a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from core_crm.audit.types import Actor
from core_crm.common.hangul import FINALS, joined, parts_of, romanised
from core_crm.customers.selectors import citizen_get
from core_crm.customers.services import (
    membership_add,
    note_add,
    occasion_register,
    organisation_register,
)
from core_crm.customers.services.acquired import acquired_list_register, acquired_member_add
from core_crm.customers.services.dedupe import search_begin, search_step
from core_crm.customers.services.history import PastCitizen, citizens_load
from core_crm.customers.services.history_around import (
    PastConsent,
    PastDay,
    consents_load,
    days_load,
    households_load,
    participations_load,
)
from core_crm.customers.types import MemberRole, OrganisationDraft
from core_crm.staff.selectors import official_list
from sodam.demo.dice import Dice
from sodam.demo.people import person_name
from sodam.demo.plan import CityPlan

BODIES = (
    ("소담어린이집", "institution", "어린이집"),
    ("샛별어린이집", "institution", "어린이집"),
    ("한빛상인회", "association", "상인회"),
    ("느티나무마을회", "group", "마을회"),
    ("은하복지관", "institution", "사회복지관"),
    ("솔밭건설", "company", "건설업"),
    ("무지개문화협회", "association", "문화단체"),
    ("해맞이택시조합", "association", "운수업"),
)
"""Invented: a made-up first word, and what it is."""
OCCASIONS = (
    ("소담박물관 가을 특별전", "museum", "소담박물관", 45, 20),
    ("소담영화제", "festival", "시민광장", 60, 9),
    ("도시계획 공청회", "hearing", "시청 대회의실", 20, 1),
    ("생활 법률 강좌", "education", "시민회관", 30, 14),
)
"""Name, kind, venue, how many days ago it began, how many days it took."""
DAYS = {
    "moved_in_on": (0.06, -120, 0, "전입신고", "주민등록법 제16조"),
    "passport_expires_on": (0.08, -30, 900, "여권 발급", "여권법 제5조"),
    "vehicle_inspection_on": (0.05, -10, 700, "자동차 등록", "자동차관리법 제43조"),
}
"""Kind -> share of citizens, earliest and latest day from today, source, basis."""
NOTES = ("문자로 연락을 원하심.", "오후 통화가 편하다고 하심.", "방문 상담을 안내함.")
FAMILY, CAME, ANSWERED, AGREES, NIGHT = 0.25, 0.06, 0.4, 0.6, 0.15
TWICE, LISTED = 6, 25
OLD_NUMBER, LIST_NUMBER = "+8210000099", "+8210000098"


def fill_customers(plan: CityPlan) -> int:
    """Write all of it into the city being served; how many bodies and people were added."""
    dice, now = Dice.of(plan.scene.city, "customers"), plan.scene.now
    steward = next(iter(official_list()))
    by = Actor(id=steward.pk, name=steward.name)
    days_load(_days(plan, dice), now=now)
    households_load(_households(plan, dice), now=now)
    consents_load(_consents(plan, dice))
    _occasions(plan, dice, by)
    _bodies(plan, dice, by)
    _notes(plan, dice, by)
    added = len(BODIES) + citizens_load(_twice(plan, dice)) + _listed(plan, dice, by)
    _look_for_duplicates(plan)
    return added


def _look_for_duplicates(plan: CityPlan) -> None:
    """As it is done each night: the pairs wait for somebody to decide."""
    search = search_begin(now=plan.scene.now)
    while search_step(search, now=plan.scene.now):
        pass


def _days(plan: CityPlan, dice: Dice) -> Iterator[PastDay]:
    for citizen in plan.citizens:
        for kind, (share, first, last, source, basis) in DAYS.items():
            if dice.happens(share):
                on = plan.scene.today + timedelta(days=dice.randint(first, last))
                yield PastDay(citizen.id, kind, on, source, basis)


def _households(plan: CityPlan, dice: Dice) -> Iterator[tuple[str, str, tuple[UUID, ...]]]:
    """Neighbours in the list live together, at the address of the first."""
    homes = [citizen for citizen in plan.citizens if citizen.address]
    for one, other in zip(homes[::2], homes[1::2], strict=False):
        if dice.happens(FAMILY):
            yield one.address, one.district_code, (one.id, other.id)


def _consents(plan: CityPlan, dice: Dice) -> Iterator[PastConsent]:
    for citizen in plan.citizens:
        if not dice.happens(ANSWERED):
            continue
        channel = "sms" if citizen.phone else "email"
        at = citizen.created_at + timedelta(minutes=dice.randint(5, 300_000))
        at, is_given = min(at, plan.scene.now), dice.happens(AGREES)
        source = dice.one(("filing", "consent_centre"))
        yield PastConsent(citizen.id, "survey", channel, True, source, at, "survey")
        yield PastConsent(citizen.id, "marketing", channel, is_given, source, at, "marketing")
        if is_given and dice.happens(NIGHT):
            text = "marketing_night"
            yield PastConsent(citizen.id, text, channel, True, source, at, text)


def _occasions(plan: CityPlan, dice: Dice, by: Actor) -> None:
    for name, kind, venue, ago, length in OCCASIONS:
        first = plan.scene.today - timedelta(days=ago)
        occasion = occasion_register(
            name=name,
            kind=kind,
            venue=venue,
            starts_on=first,
            ends_on=first + timedelta(days=length - 1),
            source="현장 접수",
            by=by,
            now=plan.scene.now,
        )
        came = ((one.id, _some_day(first, length, dice)) for one in _some(plan, dice, CAME))
        participations_load(occasion, came, now=plan.scene.now)


def _some_day(first: date, length: int, dice: Dice) -> date:
    return first + timedelta(days=dice.randrange(length))


def _some(plan: CityPlan, dice: Dice, share: float) -> list[PastCitizen]:
    return [citizen for citizen in plan.citizens if dice.happens(share)]


def _bodies(plan: CityPlan, dice: Dice, by: Actor) -> None:
    homes = [citizen for citizen in plan.citizens if citizen.address]
    for number, (name, kind, trade) in enumerate(BODIES):
        people = dice.sample(homes, 2)
        body = organisation_register(
            OrganisationDraft(
                name=name,
                kind=kind,
                trade=trade,
                representative_name=people[0].name,
                phone=f"+82700000{number:04d}",
                address=people[0].address,
                district_code=people[0].district_code,
                source="법인·단체 명부",
            ),
            by=by,
            now=plan.scene.now,
        )
        for role, citizen in zip(
            (MemberRole.REPRESENTATIVE, MemberRole.CONTACT), people, strict=True
        ):
            is_contact = role == MemberRole.CONTACT
            membership_add(
                body,
                citizen_get(citizen.id),
                role=role.value,
                department="총무부" if is_contact else "",
                position="담당자" if is_contact else "대표",
                by=by,
                now=plan.scene.now,
            )


def _notes(plan: CityPlan, dice: Dice, by: Actor) -> None:
    for citizen in dice.sample(plan.citizens, 4):
        note_add(citizen_get(citizen.id), dice.one(NOTES), by=by, now=plan.scene.now)


def _twice(plan: CityPlan, dice: Dice) -> Iterator[PastCitizen]:
    """People who are known twice: by an old number, with a slip in their name, in Latin letters."""
    known = [
        one for one in plan.citizens
        if one.phone and one.birth_on and one.address and parts_of(one.name[-1])
    ]  # fmt: skip
    for number, citizen in enumerate(dice.sample(known, min(TWICE, len(known)))):
        way = (_as_it_is, _slip, _in_latin)[number % 3]
        yield PastCitizen(
            id=dice.uuid_at(citizen.created_at),
            name=way(citizen.name),
            phone=f"{OLD_NUMBER}{number:02d}" if way is _as_it_is else citizen.phone,
            created_at=citizen.created_at,
            birth_on=citizen.birth_on,
            sex=citizen.sex,
            address=citizen.address,
            district_code=citizen.district_code,
            source="call",
        )


def _as_it_is(name: str) -> str:
    return name


def _slip(name: str) -> str:
    """One letter too few, or too many: 김하늘 → 김하느, 김민지 → 김민진."""
    initial, vowel, final = parts_of(name[-1]) or (0, 0, 0)
    return name[:-1] + joined(initial, vowel, 0 if final else FINALS.index("ㄴ"))


def _in_latin(name: str) -> str:
    """As a passport has it: KIM HANEUL."""
    return f"{romanised(name[0])} {romanised(name[1:])}".upper()


def _listed(plan: CityPlan, dice: Dice, by: Actor) -> int:
    """A list from elsewhere: people whom the city knows by it only, and a few it knew before."""
    now, today = plan.scene.now, plan.scene.today
    given = acquired_list_register(
        name="전통시장 상인 교육 수료자",
        kind="citizens",
        source="소상공인 지원센터",
        received_on=today - timedelta(days=40),
        basis="전통시장 및 상점가 육성을 위한 특별법 제65조",
        purpose="교육 뒤 안내",
        expires_on=today + timedelta(days=140),
        by=by,
        now=now,
    )
    new = [
        PastCitizen(
            id=dice.uuid_at(now - timedelta(days=40)),
            name=person_name(dice),
            phone=f"{LIST_NUMBER}{number:02d}",
            created_at=now - timedelta(days=40),
            source=given.name,
        )
        for number in range(LISTED)
    ]
    citizens_load(new)
    for citizen in new:
        acquired_member_add(given, citizen_get(citizen.id), is_new=True)
    for citizen in dice.sample(plan.citizens, 5):
        acquired_member_add(given, citizen_get(citizen.id), is_new=False)
    return len(new)
