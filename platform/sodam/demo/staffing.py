"""The invented officials of a city: the demo accounts, and colleagues in every department used."""

from __future__ import annotations

from dataclasses import dataclass

from sodam.demo.dice import Dice
from sodam.demo.facts import Unit, categories, department_of, services
from sodam.demo.people import person_name
from sodam.demo.wordings import phrases, topics

ACCOUNT_ROLES = {
    "admin": ("civil_service", "담당관"),
    "approver": ("digital", "과장"),
    "head": ("road", "과장"),
    "officer": ("road", "주무관"),
    "agent": ("civil_service", "상담사"),
    "steward": ("digital", "주무관"),
    "privacy": ("audit", "주무관"),
}
"""Demo account -> the role whose department it sits in, and its position."""
MOST_OFFICIALS = 40
SECOND_OFFICER = 0.45
DEMO_OFFICERS_SHARE = 3.0
"""The demo officer takes this many times a colleague's share, so that their inbox is alive."""


@dataclass(frozen=True, slots=True)
class PlannedOfficial:
    """One invented official."""

    email: str
    name: str
    department: str
    position: str
    phone: str
    role: str
    is_demo_account: bool = False


@dataclass(frozen=True, slots=True)
class Staffing:
    """All of a city's officials, and who handles a department's voices."""

    officials: tuple[PlannedOfficial, ...]
    agent: str
    handlers: dict[str, dict[str, float]]
    """Department -> official's e-mail -> weight."""

    def handler_in(self, department: str, dice: Dice) -> str:
        return dice.weighted(self.handlers[department])


def staffing_of(city: str) -> Staffing:
    """The same people each time: demo accounts first, then one or two in each department."""
    dice = Dice.of(city, "staff")
    officials = [_account(city, role, dice) for role in ACCOUNT_ROLES]
    for index, unit in enumerate(used_departments(city)):
        wanted = 2 if dice.happens(SECOND_OFFICER) else 1
        room = max(1, MOST_OFFICIALS - len(officials) - 1)
        officials += [_colleague(city, index, unit, dice, nth) for nth in range(min(wanted, room))]
    handlers: dict[str, dict[str, float]] = {}
    for official in officials:
        if official.role == "officer":
            weight = DEMO_OFFICERS_SHARE if official.is_demo_account else 1.0
            handlers.setdefault(official.department, {})[official.email] = weight
    return Staffing(tuple(officials), f"agent@{city}.example", handlers)


def used_departments(city: str) -> list[Unit]:
    """Every department a voice of the demo world may come to, each once."""
    roles = [facts.role for facts in categories(city).values()]
    roles += [problem.role for topic in topics(city).values() for problem in topic.problems]
    from_services = [facts.role for facts in services()]
    units = {department_of(city, role).code: department_of(city, role) for role in roles if role}
    units |= {department_of(city, role).code: department_of(city, role) for role in from_services}
    return list(units.values())


def _account(city: str, role: str, dice: Dice) -> PlannedOfficial:
    seat, position = ACCOUNT_ROLES[role]
    return PlannedOfficial(
        email=f"{role}@{city}.example",
        name=person_name(dice),
        department=department_of(city, seat).code,
        position=position,
        phone=_phone(dice),
        role=role,
        is_demo_account=True,
    )


def _colleague(city: str, index: int, unit: Unit, dice: Dice, nth: int) -> PlannedOfficial:
    return PlannedOfficial(
        email=f"staff{index + 1:02d}{'ab'[nth]}@{city}.example",
        name=person_name(dice),
        department=unit.code,
        position=dice.one(phrases()["positions"]),
        phone=_phone(dice),
        role="officer",
    )


def _phone(dice: Dice) -> str:
    return f"02-000-{dice.randrange(10_000):04d}"
