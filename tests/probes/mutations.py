"""Each control of the walls taken away in turn: a test must notice, or it guards nothing.

Which, and how, stands in `mutations.yaml`.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.probes.copies import environment_of, pytest_command

PATIENCE_SECONDS = 900
FAILED = re.compile(r"^FAILED (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """In this file, this text becomes that one. An `old` of "" appends."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A control, how it is taken away, and the tests that must notice."""

    control: str
    name: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tests said of a broken tree. `noticed_by` is "" when nobody noticed."""

    mutation: Mutation
    noticed_by: str
    told: str


def mutations() -> tuple[Mutation, ...]:
    """All of them, as `mutations.yaml` tells them."""
    given = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return tuple(_mutation(one) for one in given)


def _mutation(given: dict[str, Any]) -> Mutation:
    edits = tuple(Edit(one["path"], one.get("old", ""), one["new"]) for one in given["edits"])
    return Mutation(str(given["control"]), given["name"], edits, tuple(given["tests"]))


def outcome(root: Path, mutation: Mutation, *, failing: Iterable[str] = ()) -> Outcome:
    """Break the copy of the tree at `root`, run the tests, mend it again.

    `failing` fail in the whole copy too: they notice nothing.
    """
    before = {edit.path: (root / edit.path).read_text("utf-8") for edit in mutation.edits}
    try:
        for edit in mutation.edits:
            _apply(root, edit)
        return _judged(root, mutation, failing)
    finally:
        for path, text in before.items():
            (root / path).write_text(text, "utf-8")


def baseline(root: Path, whole: Iterable[Mutation]) -> list[str]:
    """Which of the tests fail in the copy as it is."""
    tests = sorted({test for mutation in whole for test in mutation.tests})
    return FAILED.findall(_run(root, *tests).stdout)


def stale() -> list[str]:
    """Mutations whose place in the source is no more."""
    root = Path(__file__).resolve().parents[2]
    return [
        f"{mutation.name}: {edit.path}"
        for mutation in mutations()
        for edit in mutation.edits
        if edit.old and (root / edit.path).read_text("utf-8").count(edit.old) != 1
    ]


def _apply(root: Path, edit: Edit) -> None:
    place = root / edit.path
    text = place.read_text("utf-8")
    if edit.old and text.count(edit.old) != 1:
        raise LookupError(f"{edit.path}: not found once: {edit.old}")
    place.write_text(text.replace(edit.old, edit.new) if edit.old else text + edit.new, "utf-8")


def _judged(root: Path, mutation: Mutation, failing: Iterable[str]) -> Outcome:
    left_out = [f"--deselect={test}" for test in failing]
    done = _run(root, "-x", *left_out, *mutation.tests)
    failed = FAILED.findall(done.stdout)
    noticed = failed[0] if done.returncode == 1 and failed else ""
    return Outcome(mutation, noticed, "" if noticed else done.stdout[-2000:])


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        pytest_command(*arguments),
        cwd=root,
        env=environment_of(root),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
