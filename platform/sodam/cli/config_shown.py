"""How the commands of `sodam config` tell of plans, findings and versions."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, say, show_facts, show_json, show_rows

if TYPE_CHECKING:
    from customization.public import Impact, Operation, Plan, Problem

CHANGE_COLUMNS = {"op": "하는 일", "path": "곳", "before": "지금", "after": "뒤"}
PROBLEM_COLUMNS = {"path": "곳", "message": "고칠 것", "meant": "혹시"}


def show_plan(
    plan: "Plan",
    form: str,
    *,
    impacts: "Sequence[Impact]" = (),
    scores_from: datetime | None = None,
) -> None:
    """The differences, what is wrong, and what they would do. `scores_from`: see scoring.py."""
    if form == "json":
        show_json(
            {
                "changes": len(plan.operations),
                "digest_before": plan.digest_before,
                "digest_after": plan.digest_after,
                "needs_approval": plan.is_risky,
                "scores_from": scores_from and scores_from.isoformat(),
                "operations": change_rows(plan.operations),
                "problems": problem_rows(plan.problems),
                "impact": [asdict(one) for one in impacts],
            }
        )
        return
    show_rows(change_rows(plan.operations), columns=CHANGE_COLUMNS, form=form)
    if plan.problems:
        show_rows(problem_rows(plan.problems), columns=PROBLEM_COLUMNS, form=form)
    for impact in impacts:
        print(f"\n{impact.title}: {impact.failed or impact.sentence}")
    if scores_from:
        print(f"\n점수가 달라집니다. 다음 평가기간은 {scores_from:%Y-%m-%d}부터입니다.")


def change_rows(operations: "Iterable[Operation]") -> list[dict[str, Any]]:
    """A row for each place that differs."""
    return [
        {
            "op": one.op,
            "path": ".".join(one.path),
            "before": one.base if one.base_present else None,
            "after": one.value,
            "reason": one.reason,
        }
        for one in operations
    ]


def problem_rows(problems: "Iterable[Problem]") -> list[dict[str, str]]:
    return [
        {"path": ".".join(one.path), "message": one.message, "meant": one.meant} for one in problems
    ]


def show_manifest(manifest: Any, form: str) -> None:
    show_facts({"number": manifest.number, "digest": manifest.digest}, form=form)


def verdict(plan: "Plan") -> int:
    if not plan.problems:
        say(f"바꿀 곳 {len(plan.operations)}군데, 고칠 곳 없음")
        return Code.OK
    return complain(f"고칠 곳이 {len(plan.problems)}군데 있습니다.", code=Code.INVALID)
