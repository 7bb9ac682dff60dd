"""The plan of one city's demo world: people, voices, ratings. Pure: seeded chance, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from core_crm.calendars import CityCalendar
from core_crm.customers.services.history import PastCitizen
from core_crm.voices.types import PetitionClass
from core_crm.voices.types.history import PastVoice
from sodam.demo.arrivals import DAYS, Arrivals, arrival, channel_on
from sodam.demo.dice import Dice
from sodam.demo.facts import ServiceFacts, services
from sodam.demo.filing import UNSURE, Arriving, Filing, file_one, file_service
from sodam.demo.known import as_known
from sodam.demo.life import Closing, Life
from sodam.demo.living import live
from sodam.demo.own import own_values
from sodam.demo.people import Petitioner, petitioners
from sodam.demo.scene import Scene
from sodam.demo.staffing import PlannedOfficial
from sodam.demo.wishes import Wish, wishes
from sodam.demo.wordings import topics

APPLICATIONS = 0.06
UNSURE_SHARE = 4
REPEATER, SAME_THING_AGAIN = 5, 0.5
"""Who files so often mostly comes back with the same thing at the same place."""


@dataclass(frozen=True, slots=True)
class PlannedVoice:
    """A voice's past, and its endings for the surveys."""

    past: PastVoice
    closings: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class CityPlan:
    """All that is loaded into one city."""

    scene: Scene
    officials: tuple[PlannedOfficial, ...]
    citizens: tuple[PastCitizen, ...]
    voices: tuple[PlannedVoice, ...]


def plan_city(
    city: str, *, voices: int, now: datetime, calendar: CityCalendar, own: Collection[str] = ()
) -> CityPlan:
    """The same city, size and moment always give the same plan.

    `own`: the categories it has beside the standard.
    """
    scene = Scene(city, now=now, calendar=calendar, own=own)
    dice = Dice.of(city, voices, "plan")
    wanted = wishes(scene, Dice.of(city, "wishes"))
    met_at = scene.now - timedelta(days=DAYS + 2)
    people = petitioners(Dice.of(city, "people"), voices + len(wanted), met_at=met_at)
    seats = _seats(people, dice)
    filings = [*_wished(scene, wanted, seats, dice), *_year(scene, voices, seats, dice)]
    lived = [_live(scene, filing, stop, dice) for filing, stop in filings]
    lived.sort(key=lambda voice: voice.past.received_at)
    return CityPlan(
        scene=scene,
        officials=scene.staffing.officials,
        citizens=tuple(as_known(scene, person.citizen) for person in people),
        voices=tuple(lived),
    )


def _seats(people: list[Petitioner], dice: Dice) -> Iterator[Petitioner]:
    """Each person as often as they file, in a chance order."""
    seats = [person for person in people for _ in range(person.voices)]
    dice.shuffle(seats)
    return iter(seats)


def _wished(
    scene: Scene, wanted: list[Wish], seats: Iterator[Petitioner], dice: Dice
) -> Iterator[tuple[Filing, str]]:
    for wish in wanted:
        arriving = Arriving(next(seats), wish.received_at, "portal")
        yield file_one(scene.city, wish.category, arriving, dice), wish.stop_after


def _year(
    scene: Scene, voices: int, seats: Iterator[Petitioner], dice: Dice
) -> Iterator[tuple[Filing, str]]:
    applications = round(voices * APPLICATIONS)
    for service, at, channel in _application_times(scene, applications, dice):
        yield file_service(scene.city, service, Arriving(next(seats), at, channel), dice), ""
    earlier: dict[UUID, Filing] = {}
    for category, at, channel in _filing_times(scene, voices - applications, dice):
        person = next(seats)
        known = earlier.get(person.citizen.id) if person.voices >= REPEATER else None
        again = known if known and dice.happens(SAME_THING_AGAIN) else None
        filing = file_one(scene.city, category, Arriving(person, at, channel), dice, again=again)
        earlier.setdefault(person.citizen.id, filing)
        yield filing, ""


def _filing_times(scene: Scene, count: int, dice: Dice) -> Iterator[tuple[str, datetime, str]]:
    """Category, instant and road of each voice, by shares and seasons."""
    known = topics() | {code: topics(scene.city)[code] for code in sorted(scene.own)}
    shares = {code: topic.share for code, topic in known.items()} | {UNSURE: UNSURE_SHARE}
    chosen = Counter(dice.choices(list(shares), weights=list(shares.values()), k=count))
    for category in shares:
        seasons = known[category].seasons if category != UNSURE else {}
        days = Arrivals(scene.city, category, seasons, scene.calendar, scene.today)
        for day in days.throw(dice, chosen[category]):
            yield category, *_at(scene, day, dice)


def _application_times(
    scene: Scene, count: int, dice: Dice
) -> Iterator[tuple[ServiceFacts, datetime, str]]:
    offered = [one for one in services() if one.petition_class == PetitionClass.STATUTORY]
    days = Arrivals(scene.city, "applications", {}, scene.calendar, scene.today)
    for day in days.throw(dice, count):
        yield dice.one(offered), *_at(scene, day, dice)


def _at(scene: Scene, day: date, dice: Dice) -> tuple[datetime, str]:
    """An instant on the day and the road, never in the future."""
    channel = channel_on(day, scene.calendar, dice)
    at = arrival(day, channel, dice)
    if at < scene.now:
        return at, channel
    return scene.now - timedelta(minutes=dice.randint(3, 600)), "portal"


def _live(scene: Scene, filing: Filing, stop_after: str, dice: Dice) -> PlannedVoice:
    life = Life(scene, filing, dice, stop_after)
    live(life)
    return PlannedVoice(_past(life), tuple(life.closings))


def _past(life: Life) -> PastVoice:
    filing = life.filing
    matter, petitioner = filing.matter, filing.arriving.petitioner
    service = matter.service
    return PastVoice(
        id=life.dice.uuid_at(filing.received_at),
        title=matter.letter.title,
        body=matter.letter.body,
        category=life.category,
        petition_class=life.petition_class,
        period=life.period,
        channel=filing.arriving.channel,
        citizen_id=petitioner.citizen.id,
        department=life.department,
        received_at=filing.received_at,
        clock_from_at=life.clock_from_at,
        due=life.due,
        original_due_at=life.original_due_at,
        acts=tuple(life.acts),
        entries=tuple(life.entries),
        adjustments=tuple(life.adjustments),
        officer=life.officer,
        service=service.code if service else "",
        is_compound=bool(service and service.is_compound),
        location=matter.blanks.place.full,
        language=filing.language,
        reply_channel=petitioner.reply_channel,
        is_public=filing.is_public,
        outcome=life.outcome,
        public_reason=life.public_reason,
        reopened_count=life.clock_no - 1,
        attributes=_attributes(life),
    )


def _attributes(life: Life) -> dict[str, str]:
    """The values of the city's own fields; none where its overlay is not in force."""
    matter, scene = life.filing.matter, life.scene
    if not scene.own:
        return {}
    return own_values(
        scene.city,
        known={
            "category": life.category,
            "channel": life.filing.arriving.channel,
            "language": life.filing.language,
        },
        problem=matter.problem.code,
        place=(matter.blanks.place.district, matter.blanks.place.neighbourhood),
        dice=Dice.of(scene.city, "own", matter.letter.body),
    )
