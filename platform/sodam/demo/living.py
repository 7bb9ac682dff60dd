"""How a voice goes through an office: taken in, worked on, ended, sometimes opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from core_crm.calendars import EXTENSION_REASONS, SEOUL, ExtensionReason
from core_crm.calendars.adjustments import ARTICLES, Kind
from core_crm.voices.types import AdjustmentKind, EntryKind, PetitionClass, VoiceAction
from core_crm.voices.types.history import PastAdjustment
from sodam.demo.ending import end, perhaps_again
from sodam.demo.life import Life, NotYet
from sodam.demo.wordings import phrases

TAKEN_IN_BY_STAFF = ("counter", "phone", "letter")
SUPPLEMENT, SUPPLEMENT_ARTICLE = 0.08, "민원 처리에 관한 법률 제22조 제1항"
SUPPLEMENT_DAYS = 10
INSPECTION, NOTE, SORTED_APART = 0.05, 0.35, 0.3
SHORTEST_FOR_INSPECTION_HOURS = 40
LATE_BUT_EXTENDED = 0.72
SPREAD = 0.42


def live(life: Life) -> None:
    """Tell the life up to now."""
    try:
        _take_in(life)
        _work(life)
        end(life, _finishing_at(life))
        perhaps_again(life)
    except NotYet:
        return


def _take_in(life: Life) -> None:
    filing, dice, office = life.filing, life.dice, life.scene.time
    agent = life.scene.staffing.agent
    by = agent if filing.arriving.channel in TAKEN_IN_BY_STAFF else ""
    life.act(VoiceAction.REGISTER, "received", filing.received_at, by=by)
    pace = min(1.0, life.allowed_hours() / 24)
    at = office.later(filing.received_at, pace * dice.uniform(0.15, 1.5))
    if dice.happens(SORTED_APART) or filing.first.category != filing.real.category:
        life.check(at)
        life.act(VoiceAction.SORT, "sorting", at, by=agent)
        _reclassify(life, office.later(at, pace * 0.2), by=agent)
        at = office.later(at, pace * dice.uniform(0.3, 1.5))
    life.check(at)
    life.department = filing.real.department.code
    life.officer = life.scene.staffing.handler_in(life.department, dice)
    is_moved = filing.first.department != filing.real.department
    life.act(
        VoiceAction.ASSIGN,
        "assigned",
        at,
        by=agent,
        comment=f"{filing.real.department.name_ko}(으)로 보냄" if is_moved else "",
    )


def _reclassify(life: Life, at: datetime, *, by: str) -> None:
    """Somebody was not sure: the office names the field, and the clock is counted anew."""
    filing = life.filing
    if filing.first.category == filing.real.category:
        return
    life.check(at)
    life.category, life.petition_class = filing.real.category, filing.real.petition_class
    life.period = filing.real.period
    life.recount()
    life.act(VoiceAction.RECLASSIFY, "sorting", at, by=by, comment="내용에 맞게 분류를 고침")


def _work(life: Life) -> None:
    dice, office = life.dice, life.scene.time
    pace = min(1.0, life.allowed_hours() / 24)
    at = office.later(life.acts[-1].at, pace * dice.uniform(0.2, 4))
    life.check(at)
    life.act(VoiceAction.START, "in_progress", at, by=life.officer)
    if dice.happens(NOTE):
        noted = office.later(at, pace * dice.uniform(0.5, 5))
        life.check(noted)
        life.say(
            EntryKind.NOTE, dice.one(life.filing.matter.topic.notes), noted, author=life.officer
        )
    if life.stop_after == VoiceAction.REQUEST_SUPPLEMENT or dice.happens(_supplements(life)):
        _supplement(life, office.later(at, pace * dice.uniform(0.3, 3)))
    elif _may_be_inspected(life) and dice.happens(INSPECTION):
        _inspect(life, office.later(at, dice.uniform(1, 6)))


def _supplements(life: Life) -> float:
    """How likely something is missing; the generator knows no supplements in English."""
    return SUPPLEMENT if life.filing.language == "ko" else 0.0


def _supplement(life: Life, at: datetime) -> None:
    life.check(at)
    dice, asked = life.dice, life.dice.one(life.filing.matter.topic.supplements)
    reply_by_on = life.scene.calendar.next_working_day(at.date() + timedelta(days=SUPPLEMENT_DAYS))
    open_one = PastAdjustment(
        kind=AdjustmentKind.SUPPLEMENT.value,
        starts_at=at,
        ends_at=None,
        article=SUPPLEMENT_ARTICLE,
        by=life.officer,
        at=at,
        reply_by_on=reply_by_on,
        reason=asked["request"],
    )
    life.adjustments.append(open_one)
    life.say(EntryKind.SUPPLEMENT_REQUEST, asked["request"], at, author=life.officer)
    life.act(VoiceAction.REQUEST_SUPPLEMENT, "waiting", at, by=life.officer)
    came = datetime.combine(
        at.date() + timedelta(days=dice.randint(1, 6)), time(dice.randint(8, 22), 20), SEOUL
    )
    life.check(came)
    life.adjustments[-1] = replace(open_one, ends_at=came)
    life.recount()
    life.say(EntryKind.SUPPLEMENT_REPLY, asked["reply"], came)
    life.act(VoiceAction.RECEIVE_SUPPLEMENT, "in_progress", came)


def _may_be_inspected(life: Life) -> bool:
    is_grievance = life.petition_class == PetitionClass.GRIEVANCE
    return is_grievance and life.allowed_hours() >= SHORTEST_FOR_INSPECTION_HOURS


def _inspect(life: Life, at: datetime) -> None:
    """A field inspection of a grievance; its days do not count."""
    life.check(at)
    first = life.scene.calendar.next_working_day(at.date() + timedelta(days=1))
    last = first + timedelta(days=life.dice.randint(0, 3))
    why = life.dice.one(phrases()["inspections"])
    life.adjustments.append(
        PastAdjustment(
            kind=AdjustmentKind.INSPECTION.value,
            starts_at=datetime.combine(first, time.min, SEOUL),
            ends_at=datetime.combine(last, time.max, SEOUL),
            article=ARTICLES[Kind.INSPECTION],
            by=life.officer,
            at=at,
            reason=why,
        )
    )
    life.recount()
    life.act(VoiceAction.INSPECT, life.state, at, by=life.officer, comment=why)


def _finishing_at(life: Life) -> datetime:
    """When the work is done: by the department's temper; late ones are mostly extended in time."""
    office, temper = life.scene.time, life.scene.temper(life.department)
    share = temper.used_share * life.dice.lognormvariate(0, SPREAD)
    began = max(office.position(life.clock_from_at), office.position(life.acts[-1].at) + 0.3)
    finish = max(began, office.position(life.clock_from_at) + share * life.allowed_hours())
    due_at = office.position(life.due.at)
    if finish <= due_at or not life.dice.happens(LATE_BUT_EXTENDED):
        return office.instant(finish)
    told = max(office.position(life.acts[-1].at) + 0.1, due_at - life.dice.uniform(0.5, 6))
    if told >= due_at:
        return office.instant(finish)
    _extend(life, office.instant(told))
    room = office.position(life.due.at) - due_at
    return office.instant(due_at + min(finish - due_at, life.dice.uniform(0.2, 0.95) * room))


def _extend(life: Life, at: datetime) -> None:
    life.check(at)
    why = life.dice.one(phrases()["extensions"])
    before = life.due.at
    added = max(1, life.period.amount // 2)
    values = {
        "kind": AdjustmentKind.EXTENSION.value,
        "starts_at": before,
        "article": EXTENSION_REASONS[ExtensionReason(why["code"])],
        "by": life.officer,
        "at": at,
        "reason_code": why["code"],
        "reason": why["reason"],
        "amount": added,
    }
    life.adjustments.append(PastAdjustment(ends_at=before, **values))
    life.recount()
    life.adjustments[-1] = PastAdjustment(ends_at=life.due.at, **values)
    life.say(EntryKind.NOTICE, why["reason"], at, author=life.officer)
    life.act(VoiceAction.EXTEND, life.state, at, by=life.officer, comment=why["reason"])
