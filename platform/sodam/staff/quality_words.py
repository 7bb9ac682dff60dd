"""Words for the quality of data: measures, fields, sources, and what a steward has to mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.customers.selectors.quality import UNKNOWN, Mark
from core_crm.customers.selectors.quality_checks import CITIZENS, ORGANISATIONS
from core_crm.customers.selectors.tasks_of_stewards import CONFIRM, EXPIRING, PAIRS, Task
from sodam.staff.customer_words import FIELDS, SOURCES, Words, word_of

SUBJECTS: Words = {
    CITIZENS: gettext_lazy("개인"),
    ORGANISATIONS: gettext_lazy("법인·단체"),
}
ALL_FIELDS: Words = FIELDS | {
    "": gettext_lazy("기록 전체"),
    "registration_no": gettext_lazy("사업자등록번호"),
    "representative_name": gettext_lazy("대표자"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A test: its word, what passing means, what a row is called that fails it, its picture."""

    word: str | Promise
    hint: str | Promise
    failing: str | Promise
    icon: str


MEASURES: dict[str, Measure] = {
    "filled": Measure(
        gettext_lazy("완전성"), gettext_lazy("값이 있음"), gettext_lazy("비어 있음"), "document"
    ),
    "valid": Measure(
        gettext_lazy("유효성"), gettext_lazy("쓸 수 있는 값"), gettext_lazy("틀린 값"), "check"
    ),
    "fresh": Measure(
        gettext_lazy("최신성"),
        gettext_lazy("3년 안에 확인"),
        gettext_lazy("3년 넘게 확인 안 함"),
        "clock",
    ),
    "single": Measure(
        gettext_lazy("유일성"), gettext_lazy("겹치지 않음"), gettext_lazy("중복 의심"), "copy"
    ),
}
OTHERS: dict[str, tuple[str | Promise, str]] = {
    PAIRS: (gettext_lazy("같은 사람인지 볼 기록 짝"), "staff_duplicates"),
    EXPIRING: (gettext_lazy("30일 안에 끝나는 입수명단"), "staff_acquired"),
    CONFIRM: (gettext_lazy("다시 물어야 하는 수신 동의"), "staff_customers"),
}


def field_word(field: str) -> str:
    """`휴대전화`; a row as a whole has a word too."""
    return word_of(ALL_FIELDS, field)


def source_word(source: str) -> str:
    """`누리집`; what came from nobody knows where is told so."""
    return _("모름") if source == UNKNOWN else word_of(SOURCES, source)


def percent_word(mark: Mark | None) -> str:
    """`98.3%`; `–` where no row was asked."""
    return "–" if mark is None or mark.percent is None else f"{mark.percent:.1f}%"


def failing_word(mark: Any) -> str:
    """`휴대전화: 틀린 값`. For a mark or a check."""
    what = str(MEASURES[mark.measure].failing)
    return f"{field_word(mark.field)}: {what}" if mark.field else what


def task_word(task: Task) -> str:
    """What there is to mend."""
    return failing_word(task.mark) if task.mark else str(OTHERS[task.kind][0])


def number(count: int) -> str:
    """`1,204`."""
    return f"{count:,}"


def counted(count: int) -> str:
    """`1,204건`."""
    return _("%(n)s건") % {"n": number(count)}
