"""Voices a living inbox and score page must hold now, whatever chance gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core_crm.calendars import SEOUL, Period, default_period, due
from core_crm.voices.types import VoiceAction
from sodam.demo.dice import Dice
from sodam.demo.facts import categories
from sodam.demo.scene import Scene

MORNING = (9, 11)
LATELY_FROM, LATELY_ANSWERED = 6, 26


@dataclass(frozen=True, slots=True)
class Wish:
    """A voice: of which category, received when, and the act at which it stays, if it does."""

    category: str
    received_at: datetime
    stop_after: str


def wishes(scene: Scene, dice: Dice) -> list[Wish]:
    """About fifty, most of them in the demo officer's own field."""
    found = [
        *_unassigned(scene, dice),
        *_due_on(scene, dice, _next_working(scene), count=4),
        *_overdue(scene, dice),
        *_waiting(scene, dice),
        *_reopened(scene, dice),
        *_started(scene, dice),
        *_answered_lately(scene, dice),
    ]
    return [wish for wish in found if wish.received_at < scene.now]


def _next_working(scene: Scene) -> date:
    return scene.calendar.next_working_day(scene.today)


def _unassigned(scene: Scene, dice: Dice) -> Iterator[Wish]:
    """Filed in the last hours, most of them over night."""
    for category in ("road", "road", "traffic", "environment", "park", "unsure", "welfare"):
        back = timedelta(minutes=dice.randint(20, 15 * 60))
        yield Wish(category, scene.now - back, VoiceAction.REGISTER)
    for category in ("unsure", "road"):
        back = timedelta(hours=dice.randint(4, 18))
        yield Wish(category, scene.now - back, VoiceAction.SORT)


def _due_on(scene: Scene, dice: Dice, day: date, *, count: int) -> Iterator[Wish]:
    """Received so that the lawful clock ends on that day."""
    received = _received_to_be_due(scene, default_period("grievance"), day)
    for number in range(count):
        category = "road" if number % 2 == 0 else dice.one(["traffic", "environment", "park"])
        yield Wish(category, _daytime(received, dice), VoiceAction.START)


def _overdue(scene: Scene, dice: Dice) -> Iterator[Wish]:
    """The clock ended one to six working days ago and the work has begun."""
    before = [day for day in scene.time.working_days_before(scene.today) if day < scene.today]
    for category, back in (("road", 0), ("road", 2), ("traffic", 1), ("housing", 3), ("water", 5)):
        period = default_period(categories()[category].petition_class)
        received = _received_to_be_due(scene, period, before[back])
        yield Wish(category, _daytime(received, dice), VoiceAction.START)


def _waiting(scene: Scene, dice: Dice) -> Iterator[Wish]:
    """Asked the citizen for more; the clock stands still."""
    days = scene.time.working_days_before(scene.today)
    for category, back in (("road", 2), ("road", 3), ("tax", 3), ("environment", 4)):
        yield Wish(category, _daytime(days[back], dice), VoiceAction.REQUEST_SUPPLEMENT)


def _reopened(scene: Scene, dice: Dice) -> Iterator[Wish]:
    """Answered some weeks ago, and not solved."""
    days = scene.time.working_days_before(scene.today)
    for category, back in (("road", 12), ("road", 14), ("park", 13), ("traffic", 15)):
        yield Wish(category, _daytime(days[back], dice), VoiceAction.REOPEN)


def _started(scene: Scene, dice: Dice) -> Iterator[Wish]:
    """In good time, being worked on."""
    days = scene.time.working_days_before(scene.today)
    for number, category in enumerate(("road", "road", "road", "traffic", "park", "suggestion")):
        yield Wish(category, _daytime(days[1 + number % 4], dice), VoiceAction.START)


def _answered_lately(scene: Scene, dice: Dice) -> Iterator[Wish]:
    """Dealt with in the last months, so that the department has scores to show."""
    days = scene.time.working_days_before(scene.today)
    for back in range(LATELY_FROM, LATELY_FROM + 2 * LATELY_ANSWERED, 2):
        yield Wish("road", _daytime(days[back], dice), "")


def _received_to_be_due(scene: Scene, period: Period, day: date) -> date:
    """The latest day of receipt from which the period ends on `day`."""
    for candidate in scene.time.working_days_before(day):
        noon = datetime.combine(candidate, time(10), SEOUL)
        if due(period, noon, scene.calendar).at.date() <= day:
            return candidate
    return day


def _daytime(day: date, dice: Dice) -> datetime:
    return datetime.combine(day, time(dice.randint(*MORNING), dice.randrange(60)), SEOUL)
