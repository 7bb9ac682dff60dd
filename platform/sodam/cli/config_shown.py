"""How the commands of `sodam config` tell of plans, findings and versions."""

from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, say, show_facts, show_json, show_rows

if TYPE_CHECKING:
    from customization.public import Plan, Problem

CHANGE_COLUMNS = {"op": "하는 일", "path": "곳", "before": "지금", "after": "뒤"}
PROBLEM_COLUMNS = {"path": "곳", "message": "고칠 것", "meant": "혹시"}


def show_plan(plan: "Plan", form: str) -> None:
    if form == "json":
        show_json(
            {
                "changes": len(plan.operations),
                "digest_before": plan.digest_before,
                "digest_after": plan.digest_after,
                "needs_approval": plan.is_risky,
                "operations": _operations(plan),
                "problems": problem_rows(plan.problems),
            }
        )
        return
    show_rows(_operations(plan), columns=CHANGE_COLUMNS, form=form)
    if plan.problems:
        show_rows(problem_rows(plan.problems), columns=PROBLEM_COLUMNS, form=form)


def _operations(plan: "Plan") -> list[dict[str, Any]]:
    return [
        {
            "op": one.op,
            "path": ".".join(one.path),
            "before": one.base if one.base_present else None,
            "after": one.value,
        }
        for one in plan.operations
    ]


def problem_rows(problems: "tuple[Problem, ...]") -> list[dict[str, str]]:
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
