"""Who the customers are (고객현황), how that changes (변화추이), whom one never hears from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.common.districts import districts_of
from core_crm.customers.selectors.coverage import coverage
from core_crm.customers.selectors.figures import AGES, Status, change_months, customer_status
from core_crm.staff.types import Right
from sodam.staff import quality_words as words
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer_words import (
    CHANNELS,
    LANGUAGES,
    ORGANISATIONS,
    PURPOSES,
    SEXES,
    word_of,
)
from sodam.staff.quality import trend_of
from sodam.staff.quality_coverage import coverage_figure, quiet_sentence
from sodam.staff.quality_query import QualityQuery
from sodam.staff.quality_words import number
from sodam.ui.figures import Chart, Column, Figure, Series, TableCell, figure_csv
from tenants.context import current_city

MONTHS = 24


@require_GET
@official_page(Right.CUSTOMER_CHANGE)
def status_page(request: StaffRequest) -> HttpResponseBase:
    """All active customers by what is known of them."""
    status = customer_status(today=timezone.localdate())
    tiles = [
        (_("개인"), number(status.citizens)),
        (_("법인·단체"), number(sum(status.organisations.values()))),
        (_("사는 곳을 아는 시민"), _share(status, "district")),
        (_("나이를 아는 시민"), _share(status, "age")),
    ]
    return _shown(request, "status", _("전체고객현황"), status_figures(status), tiles=tiles)


@require_GET
@official_page(Right.CUSTOMER_CHANGE)
def changes_page(request: StaffRequest) -> HttpResponseBase:
    """Month by month: how many there were, and what brought or took them."""
    query = QualityQuery.of(request.GET)
    figures = change_figures(query)
    return _shown(request, "changes", _("고객변화추이"), figures, query=query)


@require_GET
@official_page(Right.CUSTOMER_CHANGE)
def coverage_page(request: StaffRequest) -> HttpResponseBase:
    """Each 시·군·구 beside its residents."""
    found = coverage(current_city().code, now=timezone.now())
    say = quiet_sentence(found)
    return _shown(request, "coverage", _("인구 대비 현황"), [coverage_figure(found)], say=say)


@require_GET
@official_page(Right.CUSTOMER_CHANGE)
def figure_file(request: StaffRequest, name: str) -> HttpResponseBase:
    """The table of one of these figures. Raises Http404 for a name that none has."""
    query, today = QualityQuery.of(request.GET), timezone.localdate()
    made: dict[str, Callable[[], list[Figure]]] = {
        "trend": lambda: [trend_of(query, today=today)],
        "coverage": lambda: [_coverage_now()],
        "changes": lambda: change_figures(query),
        "status": lambda: status_figures(customer_status(today=today)),
    }
    group = made.get(name.partition("-")[0])
    figures = group() if group else []
    figure = next((one for one in figures if one.id in (name, f"quality-{name}")), None)
    if figure is None:
        raise Http404
    return figure_csv(f"{figure.heading}.csv", figure)


def _coverage_now() -> Figure:
    return coverage_figure(coverage(current_city().code, now=timezone.now()))


def _shown(
    request: StaffRequest,
    tab: str,
    heading: str,
    figures: list[Figure],
    *,
    query: QualityQuery | None = None,
    **more: Any,
) -> HttpResponseBase:
    subjects = [
        {
            "word": word,
            "url": QualityQuery(code).url("staff_quality_changes"),
            "is_here": code == query.subject,
        }
        for code, word in words.SUBJECTS.items()
        if query
    ]
    context = {
        "menu": "customers",
        "tab": tab,
        "heading": heading,
        "figures": figures,
        "subjects": subjects,
        **more,
    }
    return show(request, "staff/customers/quality_status.html", context)


def _share(status: Status, name: str) -> str:
    known = status.citizens - status.by[name].get("", 0)
    return f"{known * 100 / status.citizens:.1f}%" if status.citizens else "–"


def status_figures(status: Status) -> list[Figure]:
    """A figure for each thing that is known of customers; without a customer none."""
    if not status.citizens and not status.organisations:
        return []
    found = [
        _counts("district", _("시·군·구별"), _district, status),
        _counts("age", _("나이별"), _age, status),
        _counts("sex", _("성별"), lambda code: word_of(SEXES, code), status),
        _counts("language", _("언어별"), lambda code: word_of(LANGUAGES, code), status),
        _counts("source", _("등록 경로별"), words.source_word, status),
        _figure("organisations", _("법인·단체 종류별"), _bodies(status)),
    ]
    return [one for one in found if one] + [_consents(status)]


def _counts(name: str, heading: str, word: Callable[[str], str], status: Status) -> Figure | None:
    known: Mapping[str, int] = status.by[name]
    codes = list(known)
    if name == "age":
        codes = sorted((code for code in known if code), key=int) + [""] * ("" in known)
    return _figure(
        name, heading, {word(code) if code else _("모름"): known[code] for code in codes}
    )


def _bodies(status: Status) -> dict[str, int]:
    return {word_of(ORGANISATIONS, code): count for code, count in status.organisations.items()}


def _figure(name: str, heading: str, counts: Mapping[str, int]) -> Figure | None:
    """Bars with their share of all."""
    total = sum(counts.values())
    if not total:
        return None
    most = max(counts, key=lambda one: (one != _("모름"), counts[one]))
    told = {"what": most, "n": number(counts[most]), "percent": f"{counts[most] * 100 / total:.1f}"}
    return Figure(
        id=f"status-{name}",
        heading=heading,
        sentence=_("가장 많은 것은 %(what)s: %(n)s, 전체의 %(percent)s%%.") % told,
        columns=(Column(heading), Column(_("수"), is_number=True), Column("%", is_number=True)),
        rows=tuple(
            (
                TableCell(word),
                TableCell(number(count), plain=str(count)),
                TableCell(f"{count * 100 / total:.1f}"),
            )
            for word, count in counts.items()
        ),
        chart=Chart(
            "bar", tuple(counts), (Series(heading, tuple(map(float, counts.values()))),), "", 0
        ),
        csv_url=QualityQuery().url("staff_quality_figure", f"status-{name}"),
        definition_url="",
        data_time="",
    )


def _district(code: str) -> str:
    """By the first five digits."""
    names = {one.code[:5]: one.district for one in districts_of(current_city().code)}
    return names.get(code, _("다른 시·도"))


def _age(code: str) -> str:
    """The band's number: `14세 미만`, `30–39세`, `70세 이상`."""
    band = int(code)
    if band == 0:
        return _("%(age)s세 미만") % {"age": AGES[0]}
    if band == len(AGES):
        return _("%(age)s세 이상") % {"age": AGES[-1]}
    return _("%(first)s–%(last)s세") % {"first": AGES[band - 1], "last": AGES[band] - 1}


def _consents(status: Status) -> Figure:
    """Given, refused; all others were never asked."""
    rows = tuple(
        (
            TableCell(f"{word_of(PURPOSES, purpose)} · {CHANNELS[channel].word}"),
            TableCell(number(given), plain=str(given)),
            TableCell(number(refused), plain=str(refused)),
            TableCell(number(left := status.citizens - given - refused), plain=str(left)),
        )
        for (purpose, channel), (given, refused) in status.consents.items()
    )
    return Figure(
        id="status-consents",
        heading=_("수신 동의"),
        sentence=_("물은 적이 없는 시민에게는 광고를 보내지 않습니다."),
        columns=(
            Column(_("목적과 채널")),
            Column(_("동의"), is_number=True),
            Column(_("거부"), is_number=True),
            Column(_("묻지 않음"), is_number=True),
        ),
        rows=rows,
        chart=None,
        csv_url=QualityQuery().url("staff_quality_figure", "status-consents"),
        definition_url="",
        data_time="",
    )


def change_figures(query: QualityQuery) -> list[Figure]:
    """The total by month, and what was added, merged and erased; nothing before the first count."""
    months = change_months(query.subject, since=_months_ago(timezone.localdate()))
    if not months:
        return []
    names = tuple(f"{month.first:%y.%m}" for month in months)
    flows = {
        _("새로 등록"): [month.added for month in months],
        _("고침"): [month.changed for month in months],
        _("병합"): [month.merged for month in months],
        _("지움"): [month.erased for month in months],
    }
    total = {_("고객 수"): [month.total for month in months]}
    return [
        _by_month(query, "changes-total", _("월말 고객 수"), "line", names, total),
        _by_month(query, "changes-flow", _("달마다 바뀐 것"), "bar", names, flows),
    ]


def _months_ago(today: date) -> date:
    return date(today.year - MONTHS // 12, today.month, 1)


def _by_month(
    query: QualityQuery,
    name: str,
    heading: str,
    kind: str,
    months: tuple[str, ...],
    lines: Mapping[str, list[int]],
) -> Figure:
    first, values = next(iter(lines.items()))
    told = {"what": first, "since": months[0], "first": number(values[0])}
    told |= {"until": months[-1], "last": number(values[-1])}
    return Figure(
        id=name,
        heading=heading,
        sentence=_("%(what)s: %(since)s %(first)s, %(until)s %(last)s.") % told,
        columns=(Column(_("월")), *(Column(word, is_number=True) for word in lines)),
        rows=tuple(
            (
                TableCell(month),
                *(TableCell(number(of[place]), plain=str(of[place])) for of in lines.values()),
            )
            for place, month in enumerate(months)
        ),
        chart=Chart(
            kind,
            months,
            tuple(Series(word, tuple(map(float, of))) for word, of in lines.items()),
            "",
            0,
        ),
        csv_url=query.url("staff_quality_figure", name),
        definition_url="",
        data_time="",
    )
