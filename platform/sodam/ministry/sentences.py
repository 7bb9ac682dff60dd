"""What a figure says, in one sentence computed from it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from core_crm.kpis.types import Direction, Indicator
from core_crm.national_reports.types import RegionValue, TrendLine
from sodam.ministry import wording
from sodam.ministry.marks import Mark, Marks

FEWEST_IN_A_ROW = 3


def ranking_sentence(marks: Marks) -> str:
    """Who stands highest and lowest; said plainly where nobody has a value."""
    known = sorted((one for one in marks.rows if one.value is not None), key=_by_value)
    if not known:
        return _("이 달, 이 조건의 값이 있는 시·도가 없습니다.")
    least, most = known[0], known[-1]
    if least.value == most.value:
        facts = {"count": len(known), "value": _said(most)}
        return _("값이 있는 %(count)s곳이 모두 %(value)s입니다.") % facts
    return _("%(most)s %(high)s 가장 높고 %(least)s %(low)s 가장 낮습니다.") % {
        "most": wording.with_particle(most.name, "이/가"),
        "high": wording.with_particle(_said(most), "으로/로"),
        "least": wording.with_particle(least.name, "이/가"),
        "low": wording.with_particle(_said(least), "으로/로"),
    }


def _by_value(mark: Mark) -> Fraction:
    return mark.value if mark.value is not None else Fraction(0)


def _said(mark: Mark) -> str:
    return wording.with_unit(mark.text, mark.unit)


def trend_sentence(lines: Sequence[TrendLine], code: str, name: str, indicator: Indicator) -> str:
    """How the selected government moved of late, and how it stands to the nation."""
    chosen = next((line for line in lines if line.code == code), None)
    values = [point.value for point in chosen.points] if chosen else []
    if chosen is None or not values or values[-1] is None:
        return _("이 달까지 이어 볼 값이 없습니다.")
    said = [_moved(values, wording.with_particle(name, "은/는"))]
    nation = next((line.points[-1].value for line in lines if line.code == ""), None)
    if code and nation is not None and indicator.unit != "건":
        said.append(_against(values[-1] - nation, indicator))
    return " ".join(said)


def _moved(values: Sequence[Fraction | None], name: str) -> str:
    """`부산은 5달 내리 올랐습니다.` Only runs that end with the last month are told."""
    steps = [
        0 if later == earlier else (1 if later > earlier else -1)
        for earlier, later in pairwise(values)
        if earlier is not None and later is not None
    ]
    run = next((n for n, step in enumerate(reversed(steps)) if step != steps[-1]), len(steps))
    facts = {"name": name, "count": run}
    if run >= FEWEST_IN_A_ROW and steps[-1] > 0:
        return _("%(name)s %(count)s달 내리 올랐습니다.") % facts
    if run >= FEWEST_IN_A_ROW and steps[-1] < 0:
        return _("%(name)s %(count)s달 내리 내렸습니다.") % facts
    if not steps or steps[-1] == 0:
        return (
            _("%(name)s 앞달과 같습니다.") % facts if steps else _("%(name)s 첫 달입니다.") % facts
        )
    if steps[-1] > 0:
        return _("%(name)s 앞달보다 올랐습니다.") % facts
    return _("%(name)s 앞달보다 내렸습니다.") % facts


def _against(difference: Fraction, indicator: Indicator) -> str:
    amount = wording.number(abs(difference), indicator.decimals)
    if not any(digit in amount for digit in "123456789"):
        return _("전국과 같습니다.")
    facts = {"amount": amount + wording.difference_unit(indicator.unit)}
    if difference > 0:
        return _("전국보다 %(amount)s 높습니다.") % facts
    return _("전국보다 %(amount)s 낮습니다.") % facts


def national_sentence(nation: RegionValue, indicator: Indicator, decimals: int) -> str:
    """The nation's value and whether the target is reached."""
    if nation.value is None:
        return _("전국 값을 셈할 자료가 없습니다.")
    value = wording.with_unit(wording.number(nation.value, decimals), indicator.unit)
    if indicator.target is None or indicator.direction == Direction.NONE:
        return _("전국 값은 %(value)s입니다.") % {"value": value}
    facts = {
        "value": wording.with_particle(value, "으로/로"),
        "target": wording.aimed(indicator.target, indicator),
    }
    if indicator.meets_target(nation.value):
        return _("전국 값은 %(value)s 목표 %(target)s에 이르렀습니다.") % facts
    return _("전국 값은 %(value)s 목표 %(target)s에 아직 이르지 못했습니다.") % facts
