"""May a list be taken in as this kind: its acquired list is there, goes on, and is of that kind."""

from __future__ import annotations

from core_crm.customers.errors import AcquiredListEnded, CustomerNotValid
from core_crm.customers.selectors.acquired import acquired_list_get
from core_crm.imports.types import ImportOptions


def list_check(options: ImportOptions, *, kind: str) -> None:
    """Raises AcquiredListNotFound, AcquiredListEnded, CustomerNotValid."""
    if not options.source.strip():
        raise CustomerNotValid("어디에서 받은 파일인지 출처를 적어 주세요.", field="source")
    if options.acquired_list_id is None:
        return
    found = acquired_list_get(options.acquired_list_id)
    if found.ended_at is not None:
        raise AcquiredListEnded("끝난 명단에는 더 넣을 수 없습니다.", field="acquired_list")
    if found.kind != kind:
        raise CustomerNotValid("고른 명단과 파일의 종류가 다릅니다.", field="acquired_list")
