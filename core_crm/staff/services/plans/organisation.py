"""What a list of departments would do to the organisation of today. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core_crm.staff.models import KIND_LABELS_KO, Department
from core_crm.staff.services.plans.standing import (
    ends,
    find_parents,
    refuse_what_cannot_stand,
)
from core_crm.staff.services.plans.unit_rows import row_of
from core_crm.staff.services.plans.units import Draft, Units, drafts_identified
from core_crm.staff.types import (
    Change,
    DepartmentRow,
    Difference,
    PlanLine,
    PlanRow,
)

LABELS = {"name_ko": "부서명", "name_en": "영문명", "kind": "종류", "parent_code": "상위부서",
          "phone": "전화", "email": "이메일", "sort": "차례"}  # fmt: skip


Names = Mapping[str, str]
"""What departments are called, those that the list makes included."""


@dataclass(frozen=True, slots=True)
class OrganisationChange:
    """The lines as people read them; the rows to load; the codes that end, the lowest first."""

    lines: tuple[PlanLine, ...]
    rows: tuple[DepartmentRow, ...]
    ending: tuple[str, ...]


def organisation_change(
    rows: Sequence[PlanRow], units: Units, *, headings: Mapping[str, str], is_whole: bool
) -> OrganisationChange:
    """Compare the list with the departments of today.

    In a whole list, what it does not name ends; but nothing ends so while a line is refused, for
    then the list is not whole.
    """
    drafts = drafts_identified(list(rows), units, is_whole=is_whole)
    ends_rest = is_whole and not any(draft.problems for draft in drafts)
    listed = {draft.code for draft in drafts if draft.code}
    ending = {one.code for one in drafts if one.code and ends(one)}
    ending |= {code for code in units.by_code if ends_rest and code not in listed}
    find_parents(drafts, units, ending)
    targets = {one.code: row_of(one) for one in drafts if one.code and one.code not in ending}
    refuse_what_cannot_stand(drafts, units, ending)
    if any(draft.problems for draft in drafts):
        ending &= {one.code for one in drafts if ends(one) and not one.problems}
    names = _names(drafts, units)
    lines = [_line(one, targets.get(one.code), names, headings) for one in drafts]
    lines += [_unlisted(units.by_code[code]) for code in sorted(ending - listed)]
    changing = {line.key for line in lines if line.does_something}
    wanted = (row for code, row in targets.items() if code in changing)
    return OrganisationChange(tuple(lines), tuple(wanted), _lowest_first(ending, units))


def _names(drafts: Sequence[Draft], units: Units) -> Names:
    made = {one.code: one.cell("name_ko") for one in drafts if one.unit is None}
    return made | {code: unit.name_ko for code, unit in units.by_code.items()}


def _line(
    draft: Draft, row: DepartmentRow | None, names: Names, headings: Mapping[str, str]
) -> PlanLine:
    unit = draft.unit
    name = draft.cell("name_ko") or (unit.name_ko if unit else draft.cell("code"))
    line, key = draft.row.line, draft.code
    if draft.problems:
        problems = tuple(
            replace(one, column=headings.get(one.column, "")) for one in draft.problems
        )
        return PlanLine(line, key, name, (Change.REFUSED,), problems=problems)
    if row is None:
        return PlanLine(line, key, name, (Change.ENDED,))
    if unit is None:
        return PlanLine(line, key, name, (Change.NEW,), _new_facts(row, names))
    differences = tuple(_differences(unit, row, names))
    return PlanLine(line, key, unit.name_ko, _words(differences), differences)


def _unlisted(unit: Department) -> PlanLine:
    return PlanLine(0, unit.code, unit.name_ko, (Change.ENDED,))


def _new_facts(row: DepartmentRow, names: Names) -> tuple[Difference, ...]:
    facts = {"kind": _kind_word(row.kind), "parent_code": names.get(row.parent_code, "")}
    return tuple(Difference(LABELS[name], "", value) for name, value in facts.items() if value)


def _differences(unit: Department, row: DepartmentRow, names: Names) -> list[Difference]:
    before = {name: str(getattr(unit, name)) for name in LABELS if name != "parent_code"}
    before["parent_code"] = unit.parent.code if unit.parent else ""
    after = {name: str(getattr(row, name)) for name in LABELS}
    return [
        Difference(label, _said(name, before[name], names), _said(name, after[name], names))
        for name, label in LABELS.items()
        if before[name] != after[name]
    ]


def _said(name: str, value: str, names: Names) -> str:
    if name == "kind":
        return _kind_word(value)
    return names.get(value, "") if name == "parent_code" else value


def _kind_word(kind: str) -> str:
    return str(dict(KIND_LABELS_KO).get(kind, kind))


def _words(differences: Sequence[Difference]) -> tuple[Change, ...]:
    fields = {one.field for one in differences}
    found = [
        *([Change.RENAMED] if LABELS["name_ko"] in fields else []),
        *([Change.MOVED] if LABELS["parent_code"] in fields else []),
    ]
    return tuple(found) or ((Change.CHANGED,) if fields else (Change.UNCHANGED,))


def _lowest_first(codes: set[str], units: Units) -> tuple[str, ...]:
    def depth(code: str) -> int:
        steps = 0
        while code := units.parent_code(code):
            steps += 1
        return steps

    return tuple(sorted(codes, key=lambda code: (-depth(code), code)))
