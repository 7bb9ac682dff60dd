"""A kind of rows for the tests of the engine: pupils, kept in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core_crm.imports.errors import TableUnreadable
from core_crm.imports.types import ImportOptions, RowField, RowOutcome, RowResult, Taking
from tenants.isolation.ids import uuid7


class PupilRows:
    """A name is taken once; one with a digit is refused. `breaks_at`: the worker dies there,
    or with `fault` raises that."""

    code, label = "pupils", "학생"
    fields = (
        RowField("name", "이름", is_required=True, synonyms=("성명",), example="김하늘"),
        RowField("phone", "휴대전화", synonyms=("연락처",), looks="phone"),
        RowField("born", "생년월일", looks="day"),
    )

    def __init__(self) -> None:
        self.taken: dict[str, UUID] = {}
        self.in_use: set[UUID] = set()
        self.restored: list[UUID] = []
        self.breaks_at = ""
        self.fault: BaseException = KeyboardInterrupt()

    def check(self, options: ImportOptions) -> None:
        if not options.source:
            raise TableUnreadable("출처를 적어 주세요.", field="source")

    def take(self, rows: Sequence[Mapping[str, str]], taking: Taking) -> list[RowResult]:
        seen = dict(self.taken)
        results = [self._one(row["name"], seen) for row in rows]
        self.taken = seen
        return results

    def _one(self, name: str, seen: dict[str, UUID]) -> RowResult:
        if name and name == self.breaks_at:
            raise self.fault
        if not name or any(letter.isdigit() for letter in name):
            return RowResult(RowOutcome.REFUSED, field="name", reason="이름을 다시 확인해 주세요.")
        if name in seen:
            return RowResult(RowOutcome.UPDATED, seen[name], before={"n": 1}, after={"n": 2})
        seen[name] = uuid7()
        return RowResult(RowOutcome.CREATED, seen[name])

    def used(self, ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
        return self.in_use & set(ids)

    def remove(self, ids: Sequence[UUID]) -> None:
        self.taken = {name: one for name, one in self.taken.items() if one not in set(ids)}

    def restore(
        self, changes: Sequence[tuple[UUID, Mapping[str, Any], Mapping[str, Any]]], *, now: datetime
    ) -> set[UUID]:
        self.restored += [one for one, _before, _after in changes]
        return {one for one, _before, _after in changes}
