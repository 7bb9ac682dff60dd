"""Facts of the measures that plugins add: computed with the days of the core's, in their digests.

A measure counts rows, or adds up one whole number of theirs, that a predicate over voices chooses.
So that a fact stays a pure function of the rows, only fields may be asked about whose every change
marks the days of the voice (`STEADY`, and the city's own fields), and nothing that depends on the
day it is asked on.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncDate

from core_crm.calendars import SEOUL
from core_crm.kpis.models import ExtraFact, ExtraMeasure
from core_crm.kpis.selectors.added import AddedMeasure, measures_added, measures_wrong
from core_crm.kpis.services.spans import instants, on_days
from core_crm.surveys.models import SurveyInvitation
from core_crm.voices.models import Voice
from tenants.sql import execute

log = logging.getLogger(__name__)

OF_THE_VOICE = ("petition_class", "is_compound", "channel", "category_id")
KEYS = ("day", "department_id", "officer_id", *OF_THE_VOICE)
BATCH = 2000
Line = Mapping[str, Any]

_DELETE = "DELETE FROM core_kpis_extrafact WHERE "
_DIGEST = f"""
UPDATE core_kpis_factday f
SET digest = encode(sha256(convert_to(f.digest || chr(10) || told.lines, 'UTF8')), 'hex')
FROM (
  SELECT day, string_agg(line, chr(10) ORDER BY line COLLATE "C") AS lines
  FROM (SELECT day, concat_ws(' ', code,
          {", ".join(f"coalesce({key}::text, '-')" for key in KEYS)}, value) AS line
        FROM core_kpis_extrafact WHERE {{day}}) each_line
  GROUP BY day
) told
WHERE f.day = told.day
"""  # noqa: S608 - our own text


def added_compute(days: Collection[date] | None) -> None:
    """The plugins' facts of these days (None: of all), after the core's own were written."""
    old = on_days("day", days)
    execute(_DELETE + old.sql, old.params)
    for each in measures_added():
        facts = [_fact(each.code, line) for line in _counted(each, days) if line["value"]]
        ExtraFact.objects.bulk_create(facts, batch_size=BATCH)
    execute(_DIGEST.format(day=old.sql), old.params)


def added_remember() -> None:
    """Write down which measures the facts hold now, and name those that cannot be counted."""
    for code, why in measures_wrong().items():
        log.warning("kpi_measure_refused", extra={"measure": code, "why": why})
    ExtraMeasure.objects.all().delete()
    ExtraMeasure.objects.bulk_create(
        ExtraMeasure(code=each.code, fingerprint=each.fingerprint) for each in measures_added()
    )


def _fact(code: str, line: Line) -> ExtraFact:
    return ExtraFact(code=code, **{key: line.get(key) for key in (*KEYS, "value")})


def _counted(each: AddedMeasure, days: Collection[date] | None) -> Iterator[Line]:
    """A line for each key of the days' facts, with its `value`."""
    count = {"received": _of_receipts, "closed": _of_closings, "rated": _of_ratings}
    return count[each.what.of](each, days)


def _of_receipts(each: AddedMeasure, days: Collection[date] | None) -> Iterator[Line]:
    rows = _on(_counting(each), "received_at", days)
    keys = ("day", "department_id", *OF_THE_VOICE)
    yield from rows.values(*keys).annotate(value=_of_voices(each)).order_by()


def _of_closings(each: AddedMeasure, days: Collection[date] | None) -> Iterator[Line]:
    rows = _on(_counting(each), "closed_at", days)
    yield from rows.values(*KEYS).annotate(value=_of_voices(each)).order_by()


def _of_ratings(each: AddedMeasure, days: Collection[date] | None) -> Iterator[Line]:
    """Answered surveys: whose they are, the invitation says; of what cases, the voice."""
    rows = SurveyInvitation.objects.filter(
        answer__isnull=False, voice_id__in=_counting(each).values("pk")
    )
    voice = Voice.objects.filter(pk=OuterRef("voice_id"))
    told = {name: Subquery(voice.values(name)[:1]) for name in OF_THE_VOICE}
    field = each.what.field
    value = Sum(F(f"answer__{field}")) if field else Count("pk")
    named = _on(rows, "recorded_at", days).annotate(
        **{f"of_{name}": asked for name, asked in told.items()}
    )
    keys = ("day", "department_id", "officer_id", *(f"of_{name}" for name in OF_THE_VOICE))
    lines = named.values(*keys).annotate(value=value).order_by()
    for line in lines:
        yield {key.removeprefix("of_"): given for key, given in line.items()}


def _counting(each: AddedMeasure) -> QuerySet[Voice]:
    """The voices a measure chooses; what a city only tried out counts nowhere."""
    return Voice.objects.filter(each.q, is_test=False)


def _of_voices(each: AddedMeasure) -> Count | Sum:
    if not each.what.field:
        return Count("pk")
    field = each.source.fields[each.what.field]
    return Sum(field.expression if field.expression is not None else F(field.path))


def _on(rows: QuerySet[Any], column: str, days: Collection[date] | None) -> QuerySet[Any]:
    """The rows of these days in Seoul, each with its day."""
    if days is None:
        chosen = Q(**{f"{column}__isnull": False})
    else:
        chosen = Q(pk__in=[])
        for first, end in instants(days):
            chosen |= Q(**{f"{column}__gte": first, f"{column}__lt": end})
    found: QuerySet[Any] = rows.filter(chosen).annotate(day=TruncDate(column, tzinfo=SEOUL))
    return found
