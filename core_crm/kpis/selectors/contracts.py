"""The performance contracts effective here: documents of the kind `performance_contract`."""

from __future__ import annotations

from functools import lru_cache

from core_crm.extension_points import document, documents
from core_crm.kpis.types import PerformanceContract

KIND = "performance_contract"


def contract_list() -> list[tuple[str, PerformanceContract]]:
    """Code and contract of each, in the order of its `sort`."""
    found = [(code, contract_get(code)) for code in documents.get().codes(KIND)]
    return sorted(found, key=lambda one: (one[1].sort, one[0]))


def contract_get(code: str) -> PerformanceContract:
    """The contract with this code. Raises DocumentMissing."""
    return _read(document(KIND, code).text)


@lru_cache(maxsize=256)
def _read(body: str) -> PerformanceContract:
    return PerformanceContract.model_validate_json(body)
