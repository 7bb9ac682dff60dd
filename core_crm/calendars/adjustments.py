"""What stops the clock (산입하지 않는 기간) and what lengthens the period (연장)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from core_crm.calendars.errors import (
    AdjustmentStillOpen,
    BadAdjustment,
    ExtensionNotAllowed,
    ExtensionReasonUnlawful,
    InspectionTooLong,
)
from core_crm.calendars.hours import ONE_DAY, SEOUL, CityCalendar, Stretch, days_between, seoul
from core_crm.calendars.periods import ACT, DECREE, Period

PROCEDURE_DECREE = "행정절차법 시행령 제11조"
INSPECTION_DAYS = 14
INSPECTION_EXTENSION_DAYS = 7
REASONS_LIMITED_SINCE = date(2026, 5, 6)
"""The day 시행령 제21조 제2항 came into force (대통령령 제36296호)."""


LAST_MOMENT = time.max.replace(tzinfo=SEOUL)


class Kind(StrEnum):
    """Why the clock stands still."""

    SUPPLEMENT = "supplement"
    DOCUMENT_TRANSFER = "document_transfer"
    REPRESENTATIVE = "representative"
    HEARING = "hearing"
    TEST = "test"
    PRIOR_WORK = "prior_work"
    OUTAGE = "outage"
    INSPECTION = "inspection"


ARTICLES = {
    Kind.SUPPLEMENT: f"{DECREE} 제20조 제1호, {PROCEDURE_DECREE} 제1호",
    Kind.DOCUMENT_TRANSFER: f"{DECREE} 제20조 제1호, {PROCEDURE_DECREE} 제2호",
    Kind.REPRESENTATIVE: f"{DECREE} 제20조 제1호, {PROCEDURE_DECREE} 제3호",
    Kind.HEARING: f"{DECREE} 제20조 제1호, {PROCEDURE_DECREE} 제4호",
    Kind.TEST: f"{DECREE} 제20조 제1호, {PROCEDURE_DECREE} 제5호",
    Kind.PRIOR_WORK: f"{DECREE} 제20조 제1호, {PROCEDURE_DECREE} 제6호",
    Kind.OUTAGE: f"{DECREE} 제20조 제2호",
    Kind.INSPECTION: f"{DECREE} 제17조 제5항",
}
INSPECTION_EXTENDED = f"{DECREE} 제17조 제4항 단서"
EXTENSION_ARTICLE = f"{DECREE} 제21조 제1항"
SECOND_EXTENSION_ARTICLE = f"{DECREE} 제21조 제1항 단서"
DAYS_OFF_ARTICLE = {"hours": f"{ACT} 제19조 제1항", "days": f"{ACT} 제19조 제2항"}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One stretch that is not counted. Without `ends_at` it still lasts.

    A supplement takes whole days, that of sending and that of arrival included (행정절차법 시행령
    제11조 제1호). The others take their exact time where hours are counted, and every day they
    touch where days are counted; an outage only the days on which it left no working time.
    """

    kind: Kind
    starts_at: datetime
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind not in list(Kind):
            raise BadAdjustment("처리기간에서 뺄 수 있는 사유가 아닙니다.", kind=str(self.kind))
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "starts_at", seoul(self.starts_at))
        if self.ends_at is None:
            return
        object.__setattr__(self, "ends_at", seoul(self.ends_at))
        if self.end < self.starts_at:
            raise BadAdjustment(
                "끝이 시작보다 앞섭니다.",
                kind=self.kind,
                starts_at=self.starts_at.isoformat(),
                ends_at=self.end.isoformat(),
            )

    @classmethod
    def over_days(cls, kind: Kind | str, first: date, last: date) -> Adjustment:
        """Whole days, both included."""
        return cls(
            Kind(kind),
            datetime.combine(first, time.min, SEOUL),
            datetime.combine(last, time.max, SEOUL),
        )

    @property
    def end(self) -> datetime:
        """Its end. Raises AdjustmentStillOpen while it lasts."""
        if self.ends_at is None:
            raise AdjustmentStillOpen("아직 끝나지 않은 기간이 있습니다.", kind=self.kind)
        return self.ends_at

    @property
    def is_open(self) -> bool:
        return self.ends_at is None

    def until(self, as_of: datetime | None) -> Adjustment:
        """The same, ending at `as_of` if it still lasts."""
        if self.ends_at is not None or as_of is None:
            return self
        return Adjustment(self.kind, self.starts_at, max(seoul(as_of), self.starts_at))

    @property
    def stretch(self) -> Stretch:
        """From and to in the count of hours."""
        after = datetime.combine(self.end.date() + ONE_DAY, time.min, SEOUL)
        if self.kind == Kind.SUPPLEMENT:
            return (datetime.combine(self.starts_at.date(), time.min, SEOUL), after)
        return (self.starts_at, after if self.end.timetz() == LAST_MOMENT else self.end)

    def covers_day(self, day: date, calendar: CityCalendar) -> bool:
        """Is the whole day left out in a count of days?"""
        if not self.starts_at.date() <= day <= self.end.date():
            return False
        if self.kind != Kind.OUTAGE:
            return True
        working = calendar.stretches(day) or [_whole(day)]
        return all(self.starts_at <= start and end <= self.end for start, end in working)


@dataclass(frozen=True, slots=True)
class Extension:
    """One lengthening of the period, by `amount` of its unit; None: by the whole period again."""

    amount: int | None = None
    with_consent: bool = False


class ExtensionReason(StrEnum):
    """The reasons of 시행령 제21조 제1항, and below them those 제2항 forbids."""

    COOPERATION = "cooperation"
    FACT_FINDING = "fact_finding"
    FORCE_MAJEURE = "force_majeure"
    SIMILAR = "similar"
    OVERLOAD = "overload"
    LATE_ASSIGNMENT = "late_assignment"
    ABSENCE = "absence"


EXTENSION_REASONS = {
    ExtensionReason.COOPERATION: f"{DECREE} 제21조 제1항 제1호",
    ExtensionReason.FACT_FINDING: f"{DECREE} 제21조 제1항 제2호",
    ExtensionReason.FORCE_MAJEURE: f"{DECREE} 제21조 제1항 제3호",
    ExtensionReason.SIMILAR: f"{DECREE} 제21조 제1항 제4호",
}
"""Lawful reasons and their items."""
UNLAWFUL_REASONS_ARTICLE = f"{DECREE} 제21조 제2항"


def extension_reason_check(reason_code: str, *, on: date) -> str:
    """The item of the decree that allows an extension for this reason on that day.

    Overload, late assignment and absence are refused from 2026-05-06 on; before that day any
    unavoidable reason was enough. Raises ExtensionReasonUnlawful, also for unknown codes.
    """
    if reason_code in EXTENSION_REASONS:
        return EXTENSION_REASONS[ExtensionReason(reason_code)]
    if reason_code in list(ExtensionReason) and on < REASONS_LIMITED_SINCE:
        return EXTENSION_ARTICLE
    raise ExtensionReasonUnlawful(
        "업무 과중, 담당자 지정 지연이나 부재 등은 처리기간을 연장할 사유가 아닙니다.",
        reason_code=reason_code,
        article=UNLAWFUL_REASONS_ARTICLE,
        lawful=[str(reason) for reason in EXTENSION_REASONS],
    )


def extended_amounts(period: Period, extensions: Sequence[Extension]) -> list[int]:
    """How much each extension adds, in the period's unit. Raises ExtensionNotAllowed.

    시행령 제21조 제1항: once, by at most the period itself; once more only with consent.
    """
    if len(extensions) > 2:
        raise _not_allowed("처리기간은 두 번까지만 연장할 수 있습니다.", times=len(extensions))
    if len(extensions) == 2 and not extensions[1].with_consent:
        raise _not_allowed("다시 연장하려면 민원인의 동의가 있어야 합니다.", times=2)
    amounts = [period.amount if one.amount is None else one.amount for one in extensions]
    for amount in amounts:
        if not 1 <= amount <= period.amount:
            raise _not_allowed(
                "연장은 원래 처리기간을 넘을 수 없습니다.", amount=amount, period=period.amount
            )
    return amounts


def adjustments_check(adjustments: Iterable[Adjustment], received_at: datetime) -> None:
    """Stretches begin on the day of receipt or later (an outage may have begun before it)."""
    inspected: set[date] = set()
    for one in adjustments:
        if one.kind != Kind.OUTAGE and one.starts_at.date() < received_at.date():
            raise BadAdjustment(
                "접수 전에 시작한 기간은 뺄 수 없습니다.",
                kind=one.kind,
                starts_at=one.starts_at.isoformat(),
            )
        if one.kind == Kind.INSPECTION:
            inspected.update(days_between(one.starts_at.date(), one.end.date()))
    if len(inspected) > INSPECTION_DAYS + INSPECTION_EXTENSION_DAYS:
        raise InspectionTooLong(
            "현장조사는 14일, 한 차례 연장하여 21일을 넘을 수 없습니다.",
            days=len(inspected),
            article=f"{DECREE} 제17조 제4항",
        )


def _not_allowed(message: str, **facts: int) -> ExtensionNotAllowed:
    return ExtensionNotAllowed(message, article=EXTENSION_ARTICLE, **facts)


def _whole(day: date) -> Stretch:
    return (
        datetime.combine(day, time.min, SEOUL),
        datetime.combine(day, time.max, SEOUL),
    )
