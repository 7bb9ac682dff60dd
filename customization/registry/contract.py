"""The contract kit: everything a plugin has to hold to, tried out without a city or a database.

`sodam plugin check` runs it, and an author's own tests do by `customization.plugin_testing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core_crm.common.contributions import Added, Measure, RecordField, Trigger
from core_crm.common.predicates import FieldKind, PredicateError, read_predicate
from core_crm.common.predicates.tree import comparisons
from core_crm.customers.selectors.predicate_source import citizen_source
from core_crm.extension_points import digest_of
from core_crm.kpis.selectors import measure_fault
from core_crm.voices.selectors.predicate_source import voice_source_of
from core_crm.voices.types.forms import VoiceForm
from customization.registry.binding import lists, questions
from customization.registry.contract_calls import Finding, function_findings
from customization.registry.contract_source import private_imports
from customization.registry.discovery import Candidate
from customization.registry.loading import Loaded, load_one
from customization.resolution.judging import findings
from customization.resolution.resolving import with_parts
from customization.resolution.standard import standard_tree

__all__ = ["Finding", "plugin_check"]

DAYS = (FieldKind.DATE, FieldKind.INSTANT)


def plugin_check(candidate: Candidate, *, folder: Path, package: str) -> list[Finding]:
    """Every rule of the contract, kept or broken. The package's source is read from `folder`."""
    sources = Finding(
        "열린 문으로만 가져온다 (import)", "; ".join(private_imports(folder, package)[:5])
    )
    if not sources.is_kept:
        return [sources]  # not even imported
    before = digest_of(standard_tree())
    try:
        loaded = load_one(candidate, points=questions())
    except Exception as failure:  # whatever a stranger's code raises is the finding
        return [sources, Finding("불러올 수 있다", f"{type(failure).__name__}: {failure}")]
    return [
        sources,
        Finding("불러올 수 있다"),
        _described(loaded),
        _asks_what_there_is(loaded),
        _triggers_have_days(loaded),
        _documents_fit(loaded),
        _others_are_as_before(before),
        *function_findings(loaded),
    ]


def _described(loaded: Loaded) -> Finding:
    lacking = [
        name for name in ("summary", "publisher", "source") if not getattr(loaded.plugin, name)
    ]
    return Finding("무엇인지, 누가 냈는지, 사실의 출처를 말한다", ", ".join(lacking))


def _asks_what_there_is(loaded: Loaded) -> Finding:
    """Measures can be counted exactly; those on what a city adds itself are not judged here."""
    source = voice_source_of(VoiceForm())
    faults = {
        one.code: measure_fault(one, source)
        for one in loaded.of(Measure)
        if not _asks_another(one.where)
    }
    wrong = [f"{code}: {why}" for code, why in faults.items() if why]
    return Finding("측정값을 셀 수 있다", "; ".join(wrong))


def _asks_another(where: Mapping[str, Any]) -> bool:
    """Does the condition ask a field of a city's form or of a plugin's records?"""
    try:
        found = comparisons(read_predicate(dict(where))) if where else ()
        return any(one.field.startswith(("field.", "x.")) for _pointer, one in found)
    except PredicateError:
        return False


def _triggers_have_days(loaded: Loaded) -> Finding:
    """A day that sets campaigns off is a date of a citizen: the standard's, or a record's."""
    own = {
        Added(loaded.plugin.code, one).code
        for one in loaded.of(RecordField)
        if (one.source, one.type) == ("citizen", "date")
    }
    fields = citizen_source().fields
    wrong = [
        one.code
        for one in loaded.of(Trigger)
        if one.field not in own and (one.field not in fields or fields[one.field].kind not in DAYS)
    ]
    return Finding("계기는 있는 날짜를 가리킨다", ", ".join(wrong))


def _documents_fit(loaded: Loaded) -> Finding:
    """Its documents beside the standard's: references, weights, the law."""
    standard = standard_tree()
    tree = with_parts(standard, {loaded.plugin.code: loaded.parts})
    added = {
        name: {Added(loaded.plugin.code, one).code for one in loaded.of(point.of)}
        for name, point in lists().items()
    }
    own = f"x.{loaded.plugin.code}."
    wrong = [
        str(one)
        for one in findings(tree, standard, added=added)
        if len(one.path) < 2 or one.path[1].startswith(own)
    ]
    return Finding("문서가 표준 곁에서 옳다", "; ".join(wrong[:5]))


def _others_are_as_before(before: str) -> Finding:
    """Cities that do not turn it on have the same documents to the letter."""
    moved = digest_of(standard_tree()) != before
    return Finding("켜지 않은 시·도의 문서는 그대로다", "표준의 지문이 달라졌습니다" * moved)
