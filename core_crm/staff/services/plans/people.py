"""What a list of people would do to the staff of today. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core_crm.common.similar import nearest
from core_crm.staff.models import Department, Official
from core_crm.staff.selectors import department_list_current, official_search
from core_crm.staff.types import (
    ROLE_LABELS_KO,
    Change,
    Difference,
    PlanLine,
    PlanProblem,
    PlanRow,
    Role,
)

BETWEEN_ROLES = re.compile(r"[,;/·|+\n]+")
ROLE_WORDS = {word.replace(" ", ""): role for role, word in ROLE_LABELS_KO.items()}
TEXTS = {"name": 60, "position": 60, "phone": 20}
LABELS = {
    "name": "이름",
    "department": "부서",
    "position": "직위",
    "phone": "전화",
    "roles": "역할",
}


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody by address, and the departments of today by code and by name."""

    by_email: Mapping[str, Official]
    departments: Mapping[str, Department]
    by_name: Mapping[str, tuple[Department, ...]]

    @classmethod
    def of_today(cls) -> Staff:
        departments = {one.code: one for one in department_list_current()}
        named: dict[str, tuple[Department, ...]] = {}
        for one in departments.values():
            named[one.name_ko] = (*named.get(one.name_ko, ()), one)
        everybody = {one.user.email.lower(): one for one in official_search()}
        return cls(everybody, departments, named)


@dataclass(slots=True)
class PersonTarget:
    """One person as the list wants them; None leaves a thing as it is."""

    line: int
    email: str
    official: Official | None
    name: str | None = None
    department: Department | None = None
    position: str | None = None
    phone: str | None = None
    roles: list[str] | None = None


@dataclass(slots=True)
class _Draft:
    row: PlanRow
    target: PersonTarget
    problems: list[PlanProblem] = field(default_factory=list)

    def refuse_for(self, column: str, message: str, *, meant: str = "", **facts: str | int) -> None:
        self.problems.append(PlanProblem(column, message, facts, meant))


@dataclass(frozen=True, slots=True)
class PeopleChange:
    """The lines as people read them, and everybody whom applying the list would touch."""

    lines: tuple[PlanLine, ...]
    targets: tuple[PersonTarget, ...]


def people_change(
    rows: Sequence[PlanRow], staff: Staff, *, headings: Mapping[str, str], by: Official | None
) -> PeopleChange:
    """Compare the list with everybody there is. Who is not on it stays as they are.

    A blank cell leaves a value alone; somebody new without a role becomes an officer.
    """
    seen: dict[str, int] = {}
    drafts = [_draft(row, staff, seen, by=by) for row in rows]
    lines = tuple(_line(draft, headings) for draft in drafts)
    wanted = (
        draft.target for draft, line in zip(drafts, lines, strict=True) if line.does_something
    )
    return PeopleChange(lines, tuple(wanted))


def _draft(row: PlanRow, staff: Staff, seen: dict[str, int], *, by: Official | None) -> _Draft:
    email = row.cells.get("email", "").lower()
    official = staff.by_email.get(email)
    draft = _Draft(row, PersonTarget(row.line, email, official))
    if row.problem:
        draft.refuse_for("", row.problem)
        return draft
    _check_email(draft, seen)
    if official is not None and not official.is_active:
        draft.refuse_for("email", "사용이 중지된 계정입니다. 직원 화면에서 다시 쓰게 해 주세요.")
    _read_texts(draft)
    draft.target.department = _department(draft, staff)
    draft.target.roles = _roles(draft)
    is_own = official is not None and by is not None and official.id == by.id
    if is_own and official and draft.target.roles not in (None, official.roles):
        draft.refuse_for("roles", "자기 역할은 다른 관리자가 바꿉니다.")
    return draft


def _check_email(draft: _Draft, seen: dict[str, int]) -> None:
    email = draft.target.email
    try:
        validate_email(email)
    except ValidationError:
        if email:
            draft.refuse_for("email", "이메일 주소가 아닙니다: %(name)s", name=email)
        else:
            draft.refuse_for("email", "이메일을 적어 주세요.")
        return
    if email in seen:
        draft.refuse_for("email", "%(line)d번째 줄과 같은 사람입니다.", line=seen[email])
    seen.setdefault(email, draft.row.line)


def _read_texts(draft: _Draft) -> None:
    for name, longest in TEXTS.items():
        text = draft.row.cells.get(name, "")
        if len(text) > longest:
            draft.refuse_for(name, "%(n)d자까지 적을 수 있습니다.", n=longest)
        elif text:
            setattr(draft.target, name, text)
    if draft.target.official is None and not draft.target.name:
        draft.refuse_for("name", "이름을 적어 주세요.")


def _department(draft: _Draft, staff: Staff) -> Department | None:
    wanted = draft.row.cells.get("department", "")
    if not wanted or wanted in staff.departments:
        return staff.departments.get(wanted)
    named = staff.by_name.get(wanted, ())
    if len(named) == 1:
        return named[0]
    if named:
        codes = ", ".join(one.code for one in named[:3])
        draft.refuse_for(
            "department",
            "이름이 같은 부서가 %(n)d곳 있습니다. 코드로 적어 주세요: %(codes)s",
            n=len(named),
            codes=codes,
        )
    else:
        meant = nearest(wanted, [*staff.by_name, *staff.departments])
        draft.refuse_for("department", "그런 부서가 없습니다: %(name)s.", name=wanted, meant=meant)
    return None


def _roles(draft: _Draft) -> list[str] | None:
    said = draft.row.cells.get("roles", "")
    words = [word.replace(" ", "") for word in BETWEEN_ROLES.split(said) if word.strip()]
    if not words:
        return [Role.OFFICER.value] if draft.target.official is None else None
    known = {**ROLE_WORDS, **{role.value: role for role in Role}}
    for word in words:
        if word not in known:
            meant = nearest(word, known)
            draft.refuse_for("roles", "그런 역할이 없습니다: %(name)s.", name=word, meant=meant)
    return list(dict.fromkeys(known[word].value for word in words if word in known))


def _line(draft: _Draft, headings: Mapping[str, str]) -> PlanLine:
    target, official = draft.target, draft.target.official
    name = target.name or (official.name if official else target.email)
    if draft.problems:
        problems = tuple(
            replace(one, column=headings.get(one.column, "")) for one in draft.problems
        )
        return PlanLine(target.line, target.email, name, (Change.REFUSED,), problems=problems)
    differences = tuple(_differences(target))
    word = Change.CHANGED if differences else Change.UNCHANGED
    if official is None:
        word = Change.NEW
    elif any(one.field == LABELS["department"] for one in differences):
        word = Change.MOVED
    return PlanLine(target.line, target.email, name, (word,), differences)


def _differences(target: PersonTarget) -> list[Difference]:
    official = target.official
    department = official.department if official else None
    pairs = {
        "name": (official.name if official else "", target.name),
        "department": (
            department.name_ko if department else "",
            target.department.name_ko if target.department else None,
        ),
        "position": (official.position if official else "", target.position),
        "phone": (official.phone if official else "", target.phone),
        "roles": (_words(official.roles) if official else "", _wanted_words(target)),
    }
    return [
        Difference(LABELS[name], before, after)
        for name, (before, after) in pairs.items()
        if after is not None and after != before
    ]


def _wanted_words(target: PersonTarget) -> str | None:
    return None if target.roles is None else _words(target.roles)


def _words(roles: Sequence[str]) -> str:
    return ", ".join(sorted(ROLE_LABELS_KO[Role(role)] for role in roles))
