"""N10: what each government handed in, when, and what the automatic checks found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.national_reports import selectors
from core_crm.national_reports.types import SubmissionRow, SubmissionState
from sodam.ministry import wording
from sodam.ministry.completeness import status_word
from sodam.ui.figures import csv_answer
from sodam.ui.platform_pages import platform_page
from tenants.context import serving_ministry

LOOKS = {
    SubmissionState.RECEIVED: ("ok", "check"),
    SubmissionState.MISSING: ("", "clock"),
    SubmissionState.FAILED: ("no", "alert"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One government's line; `findings` are (what was found, what mends it)."""

    code: str
    name: str
    status: str
    word: str
    tone: str
    icon: str
    submitted_at: datetime | None
    data_at: datetime | None
    months: int
    findings: tuple[tuple[str, str], ...]
    digest: str


@platform_page("analyst")
def submissions(request: HttpRequest) -> HttpResponse:
    """All governments of today; `?format=csv`: the same as a file."""
    with serving_ministry():
        statuses = {region.code: region.status for region in selectors.regions()}
        rows = selectors.submissions()
    lines = [_line(row, statuses.get(row.code, "not_open")) for row in rows]
    if request.GET.get("format") == "csv":
        return csv_answer(_("제출 현황.csv"), _header(), [_cells(line) for line in lines])
    counts = {state: sum(row.state == state for row in rows) for state in SubmissionState}
    facts = {"lines": lines, "counts": counts, "total": len(rows), "menu": "submissions"}
    return render(request, "ministry/submissions.html", facts)


def _line(row: SubmissionRow, status: str) -> Line:
    tone, icon = LOOKS[row.state]
    word = _state_word(row.state)
    if row.state == SubmissionState.RECEIVED and row.is_late:
        tone, icon, word = "wait", "hourglass", _("늦음")
    return Line(
        code=row.code,
        name=row.name_en if wording.is_english() else row.name_ko,
        status=status_word(status),
        word=word,
        tone=tone,
        icon=icon,
        submitted_at=row.submitted_at,
        data_at=row.data_at,
        months=row.months,
        findings=_findings(row, status),
        digest=row.digest[:12],
    )


def _state_word(state: SubmissionState) -> str:
    words = {
        SubmissionState.RECEIVED: _("받음"),
        SubmissionState.MISSING: _("받지 못함"),
        SubmissionState.FAILED: _("읽지 못함"),
    }
    return words[state]


def _findings(row: SubmissionRow, status: str) -> tuple[tuple[str, str], ...]:
    """What the checks found; for a government that is not open, why nothing can come."""
    found = tuple(
        (each.text_en, each.mend_en) if wording.is_english() else (each.text_ko, each.mend_ko)
        for each in row.findings
    )
    if not found and row.state == SubmissionState.MISSING and status != "open":
        return ((_("아직 소담을 쓰지 않습니다."), _("개통하면 5분 안에 자료가 옵니다.")),)
    return found


def _header() -> tuple[str, ...]:
    return (
        _("시·도"),
        _("상태"),
        _("제출"),
        _("받은 일시"),
        _("자료 시각"),
        _("달 수"),
        _("점검"),
        _("지문"),
    )


def _cells(line: Line) -> list[str]:
    found = " / ".join(f"{text} {mend}" for text, mend in line.findings)
    times = [_written(line.submitted_at), _written(line.data_at)]
    return [line.name, line.status, line.word, *times, str(line.months), found, line.digest]


def _written(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""
