"""What another workflow would have made of last month's voices, and of those still running."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core_crm.calendars import city_calendar
from core_crm.voices.selectors import moving_groups, voice_histories
from core_crm.workflows import Why, Workflow, WorkflowInvalid
from core_crm.workflows.replaying import Verdict, replay
from customization.preview.types import MOST_ROWS, Impact, Tree
from customization.resolution.trees import ABSENT, is_same, value_at

PLACE = ("workflow", "voice")
BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Last month's histories that fit the present workflow, each run through the new one."""

    looked_at: int
    verdicts: tuple[Verdict, ...]

    @property
    def broken(self) -> list[Verdict]:
        return [one for one in self.verdicts if not one.is_legal]


def impact(before: Tree, after: Tree, *, now: datetime) -> Impact | None:
    """Replay the voices received in the last 31 days. None when the workflow stays as it is.

    Only those that the present workflow allows are counted, so that what is told comes of the
    change. Running voices keep their workflow until somebody moves them; how many could be moved is
    told too.
    """
    was, will = value_at(before, PLACE), value_at(after, PLACE)
    if is_same(was, will):
        return None
    title = _("업무 흐름")
    if will is ABSENT:
        return Impact("workflow", title, failed=_("업무 흐름을 없앨 수는 없습니다."))
    try:
        workflow = Workflow(will)
    except WorkflowInvalid:
        failed = _("업무 흐름 문서를 먼저 고쳐야 돌려 볼 수 있습니다.")
        return Impact("workflow", title, failed=failed)
    return _told(_replayed(was, workflow, now=now), workflow, title)


def _replayed(was: Any, workflow: Workflow, *, now: datetime) -> Replayed:
    """A present workflow that cannot be read (nobody published it so) allows everything."""
    histories, calendar = voice_histories(since=now - BACK, until=now), city_calendar()
    present = Workflow(was) if was is not ABSENT else None
    fitting = [
        one
        for one in histories
        if present is None or replay(present, one, calendar=calendar).is_legal
    ]
    verdicts = tuple(replay(workflow, one, calendar=calendar) for one in fitting)
    return Replayed(len(histories), verdicts)


def _told(found: Replayed, workflow: Workflow, title: str) -> Impact:
    running = moving_groups(workflow)
    stay = sum(one.voices for one in running if one.landing.refused)
    return Impact(
        what="workflow",
        title=title,
        sentence=_sentence(found, stay),
        figures={
            _("돌려 본 의견"): found.looked_at,
            _("지금 흐름에 맞는 것"): len(found.verdicts),
            _("새 흐름에도 맞는 것"): len(found.verdicts) - len(found.broken),
            _("더는 맞지 않는 것"): len(found.broken),
            _("상태의 목표 시간을 넘겼을 것"): sum(one.over_clock for one in found.verdicts),
            _("시계가 먼저 넘겼을 것"): sum(one.by_clock > 0 for one in found.verdicts),
            _("진행 중인 의견"): sum(one.voices for one in running),
            _("새 흐름으로 옮길 수 없는 것"): stay,
        },
        columns=(_("의견"), _("처음 막히는 단계"), _("그때 상태"), _("까닭")),
        rows=_rows(found.broken[:MOST_ROWS], workflow),
        rows_in_all=len(found.broken),
    )


def _sentence(found: Replayed, stay: int) -> str:
    facts = {"n": len(found.verdicts) - len(found.broken), "m": len(found.verdicts), "stay": stay}
    told = _("지난 31일의 의견 %(m)d건 가운데 %(n)d건이 새 흐름에서도 그대로 됩니다.") % facts
    kept = _("진행 중인 의견은 지금 흐름대로 끝나며 처리기한은 바뀌지 않습니다.")
    return f"{told} {kept}"


def _rows(broken: Sequence[Verdict], workflow: Workflow) -> tuple[tuple[str, ...], ...]:
    names = {code: state.label.ko for code, state in workflow.states()}
    steps = {code: step.label.ko for code, step in workflow.steps()}
    return tuple(
        (
            one.name,
            steps.get(one.action, one.action),
            names.get(one.state, one.state),
            _reason(one.why),
        )
        for one in broken
    )


def _reason(why: Why | None) -> str:
    words = {
        Why.STATE: _("이 상태에서 그 단계로 갈 길이 없음"),
        Why.RIGHT: _("그 사람이 할 수 없는 단계"),
        Why.FACT: _("조건이나 사유가 맞지 않음"),
        Why.GUARD: _("조건식이 참이 아님"),
        Why.DUTY: _("앞 단계를 한 사람과 같음"),
    }
    return words.get(why, "") if why else ""
