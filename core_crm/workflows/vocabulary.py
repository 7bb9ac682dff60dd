"""The words a workflow document may use: facts of a case, actions of a step, acts with a meaning.

Closed lists, pure. The rooms that own cases give the facts and run the actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core_crm.common.formulas import Kind

CITIZEN, SYSTEM = "citizen", "system"

FACTS: Mapping[str, Kind] = {
    "category": Kind.TEXT,
    "channel": Kind.TEXT,
    "department": Kind.TEXT,
    "has_contact": Kind.TRUTH,
    "has_officer": Kind.TRUTH,
    "is_compound": Kind.TRUTH,
    "is_joint": Kind.TRUTH,
    "is_public": Kind.TRUTH,
    "language": Kind.TEXT,
    "petition_class": Kind.TEXT,
    "reopened_count": Kind.NUMBER,
    "service": Kind.TEXT,
}
"""What a guard may ask of a case: name and kind. A code is an empty text when there is none."""


@dataclass(frozen=True, slots=True)
class ActionShape:
    """The arguments an action takes: those it needs, and those it may have."""

    needs: frozenset[str] = frozenset()
    may_have: frozenset[str] = frozenset()

    def wrong_arguments(self, given: set[str]) -> list[str]:
        """Names that are missing or not known, sorted."""
        return sorted((self.needs - given) | (given - self.needs - self.may_have))


ACTIONS: Mapping[str, ActionShape] = {
    "add_note": ActionShape(needs=frozenset({"text"})),
    "invite_survey": ActionShape(),
    "send_template": ActionShape(needs=frozenset({"template"})),
    "set_attribute": ActionShape(needs=frozenset({"field", "value"})),
}
"""What a step may do beside moving a case. Plugins add theirs as `x.<plugin>.<code>`."""

STANDARD_STEPS: Mapping[str, frozenset[str]] = {
    "sort": frozenset({"sorting"}),
    "assign": frozenset({"assigned"}),
    "start": frozenset({"in_progress"}),
    "request_supplement": frozenset({"waiting"}),
    "receive_supplement": frozenset({"in_progress", "assigned"}),
    "answer": frozenset({"answered"}),
    "close_unable": frozenset({"unable"}),
    "withdraw": frozenset({"withdrawn"}),
    "transfer": frozenset({"transferred"}),
    "close": frozenset({"closed"}),
    "reopen": frozenset({"reopened"}),
}
"""Steps of a voice that do more than move it, each with the standard states it may lead to."""

NOT_BY_ITSELF = frozenset(STANDARD_STEPS) - {"close"}
"""Steps that need somebody's words or decision: no clock takes them."""
