"""A line as a row to load: what it does not say stays as it is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core_crm.staff.models import Department
from core_crm.staff.services.plans.units import Draft
from core_crm.staff.types import DepartmentKind, DepartmentRow

KIND_WORDS = {
    **dict.fromkeys(("국", "실", "본부", "실국", "실·국", "bureau"), DepartmentKind.BUREAU),
    **dict.fromkeys(("과", "담당관", "부서", "department"), DepartmentKind.DEPARTMENT),
    **dict.fromkeys(("팀", "계", "team"), DepartmentKind.TEAM),
}
TEXTS = {"name_ko": 120, "name_en": 160, "phone": 20}


def row_of(draft: Draft) -> DepartmentRow:
    """The row; what cannot be one is told to the draft."""
    unit = draft.unit or Department(code=draft.code, sort=draft.row.line)
    for name, longest in TEXTS.items():
        if len(draft.cell(name)) > longest:
            draft.refuse_for(name, "%(n)d자까지 적을 수 있습니다.", n=longest)
    return DepartmentRow(
        code=draft.code,
        name_ko=draft.cell("name_ko") or unit.name_ko,
        name_en=draft.cell("name_en") if draft.says("name_en") else unit.name_en,
        kind=_kind(draft, unit),
        parent_code=draft.parent_code,
        phone=draft.cell("phone") if draft.says("phone") else unit.phone,
        email=_email(draft) if draft.says("email") else unit.email,
        sort=_sort(draft, unit),
        predecessor_label=unit.predecessor_label,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def _kind(draft: Draft, unit: Department) -> str:
    said = draft.cell("kind").lower()
    if not said:
        return unit.kind or _guessed_kind(draft)
    if said not in KIND_WORDS:
        told = draft.cell("kind")
        draft.refuse_for(
            "kind", "모르는 종류입니다: %(name)s. 국, 과, 팀 가운데 하나입니다.", name=told
        )
    return KIND_WORDS.get(said, DepartmentKind.DEPARTMENT).value


def _guessed_kind(draft: Draft) -> str:
    name = draft.cell("name_ko")
    if name.endswith(("팀", "계")):
        return DepartmentKind.TEAM.value
    is_bureau = not draft.cell("parent") and name.endswith(("국", "실", "본부"))
    return (DepartmentKind.BUREAU if is_bureau else DepartmentKind.DEPARTMENT).value


def _email(draft: Draft) -> str:
    given = draft.cell("email")
    try:
        if given:
            validate_email(given)
    except ValidationError:
        draft.refuse_for("email", "이메일 주소가 아닙니다: %(name)s", name=given)
    return given


def _sort(draft: Draft, unit: Department) -> int:
    given = draft.cell("sort")
    if given and not (given.isascii() and given.isdecimal() and len(given) < 7):
        draft.refuse_for("sort", "차례는 0 이상의 수입니다.")
        return unit.sort
    return int(given) if given else unit.sort
