"""What is filed: who writes what, about where, by which road, and what the office makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core_crm.calendars import Period, Unit, default_period
from sodam.demo.dice import Dice
from sodam.demo.facts import ServiceFacts, categories, department_of
from sodam.demo.facts import Unit as Department
from sodam.demo.people import Petitioner
from sodam.demo.places import place_in
from sodam.demo.wordings import Problem, Topic, Way, phrases, topics
from sodam.demo.writing import Blanks, Letter, english_letter, letter, unsure_letter

UNSURE = "unsure"
PUBLIC_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Arriving:
    """Somebody writes at a moment, by some road."""

    petitioner: Petitioner
    received_at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What a voice is really about, and how that was put."""

    topic: Topic
    problem: Problem
    way: Way
    blanks: Blanks
    letter: Letter
    service: ServiceFacts | None = None


@dataclass(frozen=True, slots=True)
class Nature:
    """What an office takes a voice for: its field, class, lawful period and department."""

    category: str
    petition_class: str
    period: Period
    department: Department


@dataclass(frozen=True, slots=True)
class Filing:
    """A voice as it arrives. `first` is what the citizen's choice made of it, `real` what it is."""

    arriving: Arriving
    matter: Matter
    first: Nature
    real: Nature
    is_public: bool

    @property
    def language(self) -> str:
        return self.arriving.petitioner.citizen.language

    @property
    def received_at(self) -> datetime:
        return self.arriving.received_at


def file_one(
    city: str, chosen: str, arriving: Arriving, dice: Dice, *, again: Filing | None = None
) -> Filing:
    """One voice of a category; who chose "잘 모르겠어요" really means one of the others.

    `again`: an earlier one of the same person, whose matter and place it repeats.
    """
    matter = _matter(city, chosen, arriving, dice, again=again)
    topic, problem = matter.topic, matter.problem
    is_unsure = chosen == UNSURE and again is None and arriving.petitioner.citizen.language == "ko"
    role = problem.role or categories(city)[topic.code].role
    return Filing(
        arriving=arriving,
        matter=matter,
        first=_nature(city, UNSURE if is_unsure else topic.code),
        real=_nature(city, topic.code, role=role),
        is_public=dice.happens(PUBLIC_SHARE),
    )


def _nature(city: str, category: str, *, role: str = "") -> Nature:
    facts = categories(city)[category]
    return Nature(
        category,
        facts.petition_class,
        default_period(facts.petition_class),
        department_of(city, role or facts.role),
    )


def _matter(
    city: str, chosen: str, arriving: Arriving, dice: Dice, *, again: Filing | None
) -> Matter:
    if arriving.petitioner.citizen.language == "en":
        return _in_english(Blanks.thrown(place_in(city, dice), dice), dice)
    if again is not None:
        topic, problem = again.matter.topic, again.matter.problem
        blanks = Blanks.thrown(again.matter.blanks.place, dice)
    else:
        topic = topics(city)[chosen] if chosen != UNSURE else dice.one(list(topics().values()))
        problem = topic.problem_in(arriving.received_at.month, dice)
        blanks = Blanks.thrown(place_in(city, dice), dice)
    way = dice.one(problem.ways)
    if chosen == UNSURE and again is None:
        return Matter(topic, problem, way, blanks, unsure_letter(way, blanks, dice))
    return Matter(topic, problem, way, blanks, letter(topic, way, blanks, dice))


def _in_english(blanks: Blanks, dice: Dice) -> Matter:
    template = dice.one(phrases()["english"])
    topic = topics()[template["category"]]
    problem = topic.problem(template["problem"])
    return Matter(topic, problem, problem.ways[0], blanks, english_letter(template, blanks))


def file_service(city: str, service: ServiceFacts, arriving: Arriving, dice: Dice) -> Filing:
    """A statutory petition of the catalogue: an application, not a complaint."""
    topic = replace(topics()[service.category], **phrases()["applications"])
    body = f"{service.title} 신청합니다. 구비서류 {service.documents}가지를 함께 냅니다."
    done = f"신청하신 {service.title} 건을 처리했습니다. 결과는 창구에서 확인하실 수 있습니다."
    way = Way(titles=(), what=body, effects=(), done=(done,))
    nature = Nature(
        service.category,
        service.petition_class,
        Period(Unit(service.unit), service.amount),
        department_of(city, service.role),
    )
    matter = Matter(
        topic,
        Problem(service.code, ways=(way,)),
        way,
        Blanks.thrown(place_in(city, dice), dice),
        Letter(f"{service.title} 신청", body),
        service,
    )
    return Filing(arriving, matter, first=nature, real=nature, is_public=False)
