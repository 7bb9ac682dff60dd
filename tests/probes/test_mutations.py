"""The check that breaks the walls on purpose is itself true: it can say yes, and it can say no."""

from __future__ import annotations

import pytest

from tests.probes.copies import copied_tree
from tests.probes.mutations import Edit, Mutation, mutations, outcome, stale

A_RULE = "tests/architecture/test_walls.py::test_only_tenants_opens_a_cursor"
CONTROLS = {"1", "2", "3", "4", "5", "6", "7", "V"}


def test_every_control_is_taken_away_where_it_stands_now() -> None:
    assert stale() == []
    assert {one.control for one in mutations()} == CONTROLS


@pytest.mark.runtime
def test_a_broken_rule_is_noticed_and_a_harmless_edit_is_not() -> None:
    broken = next(one for one in mutations() if one.name == "a room opens a cursor")
    broken = Mutation(broken.control, broken.name, broken.edits, (A_RULE,))
    harmless = Mutation("4", "a remark", (Edit(broken.edits[0].path, "", "\n# x\n"),), (A_RULE,))
    with copied_tree() as root:
        assert outcome(root, broken).noticed_by == A_RULE
        assert outcome(root, harmless).noticed_by == ""
