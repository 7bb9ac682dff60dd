"""What a change of rules, periods, office hours or targets does to the last thousand cases.

Rows name a case by its reference only: who sets rules need not be allowed to read what was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from core_crm.calendars.errors import ClockError
from core_crm.staff.selectors import department_list
from core_crm.voices.selectors.replaying import PastCase, Rulebook, Sent, cases_recent
from customization.preview.types import MOST_ROWS, Impact, Tree
from customization.resolution.trees import ABSENT, Path, is_same, value_at

PLACES: Mapping[str, Path] = {
    "routing": ("routing", "voice"),
    "sla": ("sla", "voice"),
    "calendar": ("calendar", "office"),
    "categories": ("code_list", "categories"),
    "services": ("code_list", "services"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One case under one set of documents. An instant that cannot be counted is left out."""

    sent: Sent
    due_at: datetime | None
    target_at: datetime | None
    is_late: bool
    is_over_target: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One case before and after."""

    case: PastCase
    before: Standing
    after: Standing

    @property
    def moves(self) -> bool:
        return self.before.sent.department != self.after.sent.department

    @property
    def becomes_late(self) -> bool:
        return self.after.is_late and not self.before.is_late

    @property
    def misses_target(self) -> bool:
        return self.after.is_over_target and not self.before.is_over_target


def impact(before: Tree, after: Tree, *, now: datetime) -> Impact | None:
    """Ask the last thousand cases again. None when nothing differs that moves a case or a clock."""
    if all(is_same(value_at(before, at), value_at(after, at)) for at in PLACES.values()):
        return None
    try:
        was, will = _rulebook(before), _rulebook(after)
    except ValidationError:
        return Impact(
            what="routing", title=_("배정과 기한"), failed=_("고칠 곳을 먼저 고치면 셈합니다.")
        )
    told = [
        Told(case, _standing(was, case, now=now), _standing(will, case, now=now))
        for case in cases_recent()
    ]
    return _impact(told)


def _rulebook(tree: Tree) -> Rulebook:
    bodies = {name: value_at(tree, place) for name, place in PLACES.items()}
    empty: dict[str, Any] = {}
    return Rulebook(**{name: empty if body is ABSENT else body for name, body in bodies.items()})


def _standing(book: Rulebook, case: PastCase, *, now: datetime) -> Standing:
    sent, due_at, target_at = book.send(case), None, None
    try:
        due_at = book.due_at(case)
        target = book.target(case, due_at=due_at)
        target_at = target.at if target else None
    except ClockError:  # older than the holidays we know
        pass
    end = None if case.is_paused and case.ended_at is None else case.ended_at or now
    return Standing(
        sent,
        due_at,
        target_at,
        is_late=bool(end and due_at and end > due_at),
        is_over_target=bool(end and target_at and end > target_at),
    )


def _impact(told: list[Told]) -> Impact:
    rows = list(_rows(told))
    figures = {
        _("살펴본 의견"): len(told),
        _("다른 부서로"): sum(one.moves for one in told),
        _("새로 늦는 의견"): sum(one.becomes_late for one in told),
        _("늦지 않게 되는 의견"): sum(one.before.is_late and not one.after.is_late for one in told),
        _("목표를 새로 넘기는 의견"): sum(one.misses_target for one in told),
        _("목표 안에 드는 의견"): sum(
            one.before.is_over_target and not one.after.is_over_target for one in told
        ),
    }
    return Impact(
        what="routing",
        title=_("배정과 기한"),
        sentence=_sentence(told),
        figures=figures,
        columns=(_("접수번호"), _("무엇이"), _("지금"), _("바뀐 뒤"), _("까닭")),
        rows=tuple(rows[:MOST_ROWS]),
        rows_in_all=len(rows),
    )


def _sentence(told: list[Told]) -> str:
    facts = {
        "n": f"{len(told):,}",
        "moved": f"{sum(one.moves for one in told):,}",
        "late": f"{sum(one.becomes_late for one in told):,}",
        "over": f"{sum(one.misses_target for one in told):,}",
    }
    sentence = _(
        "최근 의견 %(n)s건 가운데 %(moved)s건이 다른 부서로 가고, %(late)s건이 새로 늦고, "
        "%(over)s건이 목표를 새로 넘깁니다."
    )
    return sentence % facts


def _rows(told: list[Told]) -> Iterator[tuple[str, ...]]:
    names = dict(department_list().values_list("code", "name_ko"))
    nobody = _("부서 없음")
    for one in told:
        if one.moves:
            was, will = (
                names.get(each.sent.department, nobody) for each in (one.before, one.after)
            )
            yield one.case.ref, _("부서"), was, will, _because(one.after.sent)
        if one.becomes_late:
            yield one.case.ref, _("법정기한"), *_instants(one.before.due_at, one.after.due_at), ""
        elif one.misses_target:
            times = _instants(one.before.target_at, one.after.target_at)
            yield one.case.ref, _("목표"), *times, ""


def _because(sent: Sent) -> str:
    if sent.rule is None:
        return ""
    found = (*sent.rule.words, *sent.rule.places)
    return (
        f"{sent.rule.rule.label.ko}: {', '.join(found[:3])}" if found else sent.rule.rule.label.ko
    )


def _instants(*at: datetime | None) -> tuple[str, ...]:
    return tuple(f"{each:%Y-%m-%d %H:%M}" if each else "–" for each in at)
