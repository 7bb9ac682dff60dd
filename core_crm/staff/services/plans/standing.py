"""What stands above what when a list is applied, and what cannot stand so."""

from __future__ import annotations

from collections.abc import Mapping

from core_crm.common.similar import nearest
from core_crm.staff.services.plans.units import Draft, Units

NO_WORDS = {"", "x", "n", "no", "0", "아니오", "false"}


def ends(draft: Draft) -> bool:
    return draft.cell("ends").lower() not in NO_WORDS


def find_parents(drafts: list[Draft], units: Units, ending: set[str]) -> None:
    """What stands above each: by code, else by a name that is unique among what stays."""
    names: dict[str, set[str]] = {}
    for draft in drafts:
        if draft.code and draft.code not in ending:
            names.setdefault(draft.cell("name_ko"), set()).add(draft.code)
    for code, unit in units.by_code.items():
        if code not in ending:
            names.setdefault(unit.name_ko, set()).add(code)
    codes = {code for found in names.values() for code in found}
    for draft in [one for one in drafts if one.code and not one.problems]:
        if not draft.says("parent"):
            draft.parent_code = units.parent_code(draft.code) if draft.unit else ""
        else:
            _find_parent(draft, names, codes, units)


def _find_parent(
    draft: Draft, names: Mapping[str, set[str]], codes: set[str], units: Units
) -> None:
    wanted = draft.cell("parent")
    found = {wanted} if wanted in codes else names.get(wanted, set()) - {draft.code}
    if not wanted or len(found) == 1:
        draft.parent_code = next(iter(found)) if wanted else ""
    elif found:
        draft.refuse_for(
            "parent", "이름이 같은 부서가 %(n)d곳 있습니다. 코드로 적어 주세요.", n=len(found)
        )
    elif wanted in units.by_code or wanted in units.by_name:
        draft.refuse_for(
            "parent",
            "상위부서가 끝납니다: %(name)s. 목록에 넣거나 다른 곳을 적어 주세요.",
            name=wanted,
        )
    else:
        meant = nearest(wanted, [name for name in names if name])
        draft.refuse_for("parent", "그런 상위부서가 없습니다: %(name)s.", name=wanted, meant=meant)


def refuse_what_cannot_stand(drafts: list[Draft], units: Units, ending: set[str]) -> None:
    """Circles, departments under a refused one, and ends with something left below."""
    _refuse_circles(drafts, units)
    _refuse_orphans(drafts, units, ending)
    _refuse_heads(drafts, units, ending)


def _refuse_circles(drafts: list[Draft], units: Units) -> None:
    """Nothing stands above itself, with the list and what it leaves as it is together."""
    above = {code: units.parent_code(code) for code in units.by_code}
    above |= {one.code: one.parent_code for one in drafts if one.code and not one.problems}
    for draft in [one for one in drafts if one.code and not one.problems]:
        seen, code = {draft.code}, above[draft.code]
        while code and code not in seen:
            seen.add(code)
            code = above.get(code, "")
        if code == draft.code:
            draft.refuse_for("parent", "서로 물려 있습니다. 상위부서가 자기 아래에 있습니다.")


def _refuse_orphans(drafts: list[Draft], units: Units, ending: set[str]) -> None:
    """A new department under one whose line is refused has nowhere to stand."""
    waiting = True
    while waiting:
        failed = [one for one in drafts if one.problems and one.code and not one.unit]
        refused = {one.code: one.row.line for one in failed}
        waiting = False
        for draft in [one for one in drafts if not one.problems and one.parent_code in refused]:
            if draft.code not in ending:
                line = refused[draft.parent_code]
                draft.refuse_for(
                    "parent", "상위부서가 있는 %(line)d번째 줄을 받지 못했습니다.", line=line
                )
                waiting = True


def _refuse_heads(drafts: list[Draft], units: Units, ending: set[str]) -> None:
    """What ends leaves nothing below it, and only what exists can end."""
    final = {code: units.parent_code(code) for code in units.by_code}
    final |= {one.code: one.parent_code for one in drafts if one.code and not one.problems}
    for draft in [one for one in drafts if one.code and not one.problems and ends(one)]:
        left = [code for code, parent in final.items() if parent == draft.code]
        left = [code for code in left if code not in ending]
        if draft.unit is None:
            draft.refuse_for("ends", "없는 부서는 끝낼 수 없습니다.")
        elif left:
            draft.refuse_for(
                "ends", "아래에 부서가 %(n)d곳 있습니다. 먼저 옮기거나 끝내 주세요.", n=len(left)
            )
