"""The set-up guide as it stands: each step done, open, or skipped by somebody for a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core_crm.audit.selectors import entries_about
from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.staff.types import ROLE_LABELS_KO, Role
from sodam.studio.guide_known import Known, known
from sodam.studio.guide_steps import STEP_CODES, STEPS, Step
from sodam.ui.guides import GuideStep

SUBJECT, SKIPPED, TAKEN_UP = "guide_step", "guide.skipped", "guide.taken_up"
DONE, OPEN, LEFT_OUT = "done", "open", "skipped"
MOST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Skip:
    """Who left a step out, when and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One step as it stands."""

    step: Step
    state: str
    told: str
    owner: str
    skip: Skip | None = None

    @property
    def is_open(self) -> bool:
        return self.state == OPEN


@dataclass(frozen=True, slots=True)
class Guide:
    """All steps, in their order."""

    lines: tuple[Line, ...]

    @property
    def finished(self) -> int:
        return sum(not line.is_open for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def minutes_left(self) -> int:
        return sum(line.step.minutes for line in self.lines if line.is_open)

    @property
    def next(self) -> Line | None:
        """What to do now: the first open step that must be done, else any open one."""
        still_open = [line for line in self.lines if line.is_open]
        needed = [line for line in still_open if not line.step.is_optional]
        return next(iter(needed or still_open), None)

    @property
    def mark(self) -> str:
        """Another text whenever anything in the guide is other: what the live part compares."""
        told = "|".join(f"{line.state}{line.told}{line.owner}" for line in self.lines)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def guide(*, now: datetime) -> Guide:
    """The guide of the city being served, from what is there now."""
    facts, skips = known(now=now), _skips()
    return Guide(tuple(_line(step, facts, skips.get(step.code)) for step in STEPS))


def guide_steps(now: datetime) -> Sequence[GuideStep]:
    """The same in short, for the console's page after opening."""
    return tuple(
        GuideStep(str(line.step.word), line.state, line.told) for line in guide(now=now).lines
    )


def step_skip(code: str, *, why: str, by: Any, now: datetime, is_back: bool = False) -> None:
    """Leave a step out, or take it up again; the audit says who, when and why, for ever."""
    audit_append(
        TAKEN_UP if is_back else SKIPPED,
        actor=Actor(by.id, by.name),
        subject_kind=SUBJECT,
        subject_id=None,
        now=now,
        facts={"step": code},
        reason=why[:300],
    )


def _line(step: Step, facts: Known, skip: Skip | None) -> Line:
    """Done is what the data say; who skipped it does not matter any more then."""
    is_done, told = step.judge(facts)
    owner = _owner(step.role, facts)
    if is_done:
        return Line(step, DONE, told, owner)
    return Line(step, LEFT_OUT if skip else OPEN, told, owner, skip)


def _owner(role: Role, facts: Known) -> str:
    """The role's word and who holds it: two names, and how many more."""
    names = [one.name for one in facts.officials if role.value in one.roles]
    label = _(ROLE_LABELS_KO[role])
    if not names:
        return label
    more = len(names) - MOST_NAMES
    told = ", ".join(names[:MOST_NAMES])
    return f"{label} {told}" + (_(" 외 %(n)s명") % {"n": more} if more > 0 else "")


def _skips() -> dict[str, Skip]:
    """What is skipped now: of each step the last word counts."""
    found: dict[str, Skip] = {}
    for entry in entries_about(SUBJECT):
        code = str(entry.facts.get("step", ""))
        found.pop(code, None)
        if entry.action == SKIPPED and code in STEP_CODES:
            found[code] = Skip(entry.actor_name, entry.at, entry.reason)
    return found
