"""The indicators effective here: documents of the kind `kpi`, parsed once each."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from core_crm.extension_points import Document, document, documents
from core_crm.kpis.types import Indicator, KpiDefinition

KIND = "kpi"


def indicator_list() -> list[Indicator]:
    """Every indicator, in the order of its `sort`. Outside a city: the standard's."""
    found = [indicator_get(code) for code in documents.get().codes(KIND)]
    return sorted(found, key=lambda one: (one.sort, one.code))


def indicator_get(code: str) -> Indicator:
    """The indicator with this code. Raises DocumentMissing."""
    return indicator_of(document(KIND, code))


def indicator_of(effective: Document) -> Indicator:
    """The indicator a document describes, e.g. a draft. Raises ValidationError, FormulaError."""
    return _read(effective.code, effective.text, effective.digest, effective.version)


@lru_cache(maxsize=1024)
def _read(code: str, body: str, digest: str, version: str) -> Indicator:
    given = KpiDefinition.model_validate_json(body)
    return Indicator(
        code=code,
        label=given.label.ko,
        label_en=given.label.en or given.label.ko,
        description=given.description.ko,
        description_en=given.description.en or given.description.ko,
        unit=given.unit,
        decimals=given.decimals,
        direction=given.direction,
        target=None if given.target is None else Fraction(given.target),
        formula=given.parsed(),
        formula_source=given.formula,
        base=given.base,
        fewest=given.fewest,
        sort=given.sort,
        source=given.source.ko,
        source_en=given.source.en or given.source.ko,
        digest=digest,
        version=version,
        definition=given,
    )
