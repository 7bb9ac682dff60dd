"""From an editor's form to a change that others look at: nothing is in force by saving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from core_crm.extension_points import digest_of
from core_crm.staff.types import Right
from customization.public import (
    InForce,
    Operation,
    apply,
    change_draft,
    change_edit,
    copied,
    diff,
    in_force,
    operations_of,
    plan_tree,
    put,
    value_at,
)
from customization.public import Problem as Finding
from sodam.studio.access import StudioRequest, drafts_of

Path = tuple[str, ...]


def may_change(request: StudioRequest) -> bool:
    return bool(request.official.has(Right.SETTINGS_CHANGE))


def tree_with(values: Mapping[Path, Any], *, found: InForce | None = None) -> dict[str, Any]:
    """The documents in force with these places set."""
    wanted = copied((found or in_force()).tree)
    for path, value in values.items():
        put(wanted, path, value)
    return wanted


def tree_without(places: Iterable[Path], *, found: InForce | None = None) -> dict[str, Any]:
    """The documents in force without these places."""
    wanted = copied((found or in_force()).tree)
    for place in places:
        above = value_at(wanted, place[:-1])
        if isinstance(above, dict):
            above.pop(place[-1], None)
    return wanted


def findings_at(wanted: Mapping[str, Any], place: Path) -> list[Finding]:
    """What is wrong at or below a place, by the same check as at publishing."""
    length = len(place)
    return [one for one in plan_tree(wanted).problems if one.path[:length] == place]


def is_unchanged(wanted: Mapping[str, Any], *, found: InForce | None = None) -> bool:
    return digest_of(wanted) == (found or in_force()).digest


def proposed(
    request: StudioRequest, wanted: Mapping[str, Any], *, title: str
) -> HttpResponseRedirect:
    """Write the difference down as a change, and go to its page. Raises RightMissing.

    `into` in the form names a draft of one's own: then it is added to that one.
    """
    operations = diff(in_force().tree, wanted)
    into = request.POST.get("into", "")
    draft = next((one for one in drafts_of(request) if str(one.id) == into), None)
    if draft is not None:
        change = change_edit(draft, together(draft, operations), by=request.official)
        return _to_change(change)
    change = change_draft(
        operations,
        title=title,
        by=request.official,
        now=timezone.now(),
        reason=request.POST.get("reason", "").strip(),
    )
    return _to_change(change)


def together(draft: Any, operations: Sequence[Operation]) -> list[Operation]:
    """What the draft wanted and these, as one difference from what is in force."""
    before = in_force().tree
    return diff(before, apply(apply(before, operations_of(draft)), operations))


def _to_change(change: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("studio_change", args=[change.id]), status=303)


def first_message(findings: Iterable[Finding]) -> str:
    """The first finding as a sentence, with what was meant."""
    return next((f"{one.message}{_hint(one)}" for one in findings), "")


def _hint(one: Finding) -> str:
    return f" — ‘{one.meant}’?" if one.meant else ""
