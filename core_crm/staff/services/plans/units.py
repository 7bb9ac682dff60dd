"""Which department a line is about: by its code, else by its name and what stands above it."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core_crm.staff.models import Department
from core_crm.staff.selectors import department_list_current
from core_crm.staff.types import PlanProblem, PlanRow

CODE = re.compile(r"[a-z][a-z0-9_.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Units:
    """The departments of today by code, and their codes by name."""

    by_code: Mapping[str, Department]
    by_name: Mapping[str, tuple[str, ...]]

    @classmethod
    def of_today(cls) -> Units:
        found = {one.code: one for one in department_list_current()}
        return cls(found, _by_name((code, one.name_ko) for code, one in found.items()))

    def parent_code(self, code: str) -> str:
        parent = self.by_code[code].parent
        return parent.code if parent else ""


@dataclass(slots=True)
class Draft:
    """A line on its way: which department it is about, and what is wrong with it."""

    row: PlanRow
    unit: Department | None = None
    code: str = ""
    parent_code: str = ""
    problems: list[PlanProblem] = field(default_factory=list)

    def cell(self, name: str) -> str:
        return self.row.cells.get(name, "")

    def says(self, name: str) -> bool:
        return name in self.row.cells

    def refuse_for(self, column: str, message: str, *, meant: str = "", **facts: str | int) -> None:
        self.problems.append(PlanProblem(column, message, facts, meant))


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in pairs:
        found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def drafts_identified(rows: list[PlanRow], units: Units, *, is_whole: bool) -> list[Draft]:
    """Every line with its department, or as a new one with a code of its own.

    The surest first: by code, then by name and parent, then by name alone. By name alone only what
    no other line is about, and in a list that is not the whole one only where nothing is said of
    the parent: there it could as well be a new department of the same name.
    """
    drafts = [Draft(row) for row in rows]
    for draft in drafts:
        if draft.row.problem:
            draft.refuse_for("", draft.row.problem)
        elif not draft.cell("name_ko") and not draft.cell("code"):
            draft.refuse_for("name_ko", "부서명을 적어 주세요.")
    open_ones = [draft for draft in drafts if not draft.problems]
    taken: dict[str, int] = {}
    for identify in (_by_code, _by_place, _by_name_alone):
        for draft in [one for one in open_ones if not one.code and not one.problems]:
            identify(draft, units, taken, is_whole=is_whole)
    for draft in [one for one in open_ones if not one.code and not one.problems]:
        _claim(draft, _fresh_code(draft, set(units.by_code)), taken, units)
    return drafts


def _by_code(draft: Draft, units: Units, taken: dict[str, int], *, is_whole: bool) -> None:
    code = draft.cell("code")
    if not code:
        return
    if code not in units.by_code and not CODE.fullmatch(code):
        draft.refuse_for("code", "코드는 영문 소문자로 시작하고 숫자와 . _ - 만 씁니다.")
        return
    if code not in units.by_code and not draft.cell("name_ko"):
        draft.refuse_for("name_ko", "부서명을 적어 주세요.")
        return
    _claim(draft, code, taken, units)


def _by_place(draft: Draft, units: Units, taken: dict[str, int], *, is_whole: bool) -> None:
    """The department of this name under the parent of that name or code."""
    if not draft.says("parent"):
        return
    wanted = draft.cell("parent")
    for code in units.by_name.get(draft.cell("name_ko"), ()):
        parent = units.by_code[code].parent
        known = {parent.code, parent.name_ko} if parent else {""}
        if wanted in known:
            _claim(draft, code, taken, units)
            return


def _by_name_alone(draft: Draft, units: Units, taken: dict[str, int], *, is_whole: bool) -> None:
    named = units.by_name.get(draft.cell("name_ko"), ())
    free = [code for code in named if code not in taken]
    if not free:
        return
    if len(free) == 1 and (is_whole or not draft.says("parent")):
        _claim(draft, free[0], taken, units)
    elif len(free) > 1:
        draft.refuse_for(
            "name_ko", "이름이 같은 부서가 %(n)d곳 있습니다. 코드로 적어 주세요.", n=len(free)
        )
    else:
        draft.refuse_for(
            "name_ko",
            "이름이 같은 부서가 있습니다. 그 부서라면 코드 %(code)s, 아니면 새 코드를 적어 주세요.",
            code=free[0],
        )


def _claim(draft: Draft, code: str, taken: dict[str, int], units: Units) -> None:
    if code in taken:
        draft.refuse_for("code", "%(line)d번째 줄과 같은 부서입니다.", line=taken[code])
        return
    taken[code] = draft.row.line
    draft.code, draft.unit = code, units.by_code.get(code)


def _fresh_code(draft: Draft, known: set[str]) -> str:
    """A code for a new department, the same each time the list is read."""
    said = f"{draft.cell('parent')}/{draft.cell('name_ko')}"
    for attempt in range(100):
        digest = hashlib.sha256(f"{said}#{attempt}".encode()).hexdigest()[:10]
        if f"n{digest}" not in known:
            return f"n{digest}"
    raise AssertionError("A hundred digests were taken.")
