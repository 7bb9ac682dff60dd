"""Whatever the graph and whatever people try: the interpreter does what a naive reading says."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core_crm.calendars import city_calendar
from core_crm.workflows import Situation, TransitionNotAllowed, Workflow, WorkflowInvalid
from core_crm.workflows.errors import CommentRequired
from core_crm.workflows.replaying import History, PastStep, replay
from tests.conftest import kst

STATES = ("aa", "bb", "cc", "dd", "ee")
STEPS = ("s1", "s2", "s3", "s4", "s5", "s6")
PEOPLE = ("kim", "lee")
HELD = ("voice_handle", "voice_assign", "citizen", "system")
GUARDS = {
    "": lambda facts: True,
    "has_officer": lambda facts: facts["has_officer"],
    "reopened_count < 2": lambda facts: facts["reopened_count"] < 2,
    "has_officer and channel == 'phone'": lambda facts: (
        facts["has_officer"] and facts["channel"] == "phone"
    ),
    "not is_public or reopened_count >= 1": lambda facts: (
        not facts["is_public"] or facts["reopened_count"] >= 1
    ),
}
LABEL = {"ko": "이름", "en": "name"}

facts = st.fixed_dictionaries(
    {
        "has_officer": st.booleans(),
        "is_public": st.booleans(),
        "reopened_count": st.integers(0, 3),
        "channel": st.sampled_from(["phone", "portal"]),
    }
)


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Any states and steps, sound or not; about half of them are sound."""
    names = STATES[: draw(st.integers(2, len(STATES)))]
    categories = {name: draw(st.sampled_from(["active", "done", "waiting"])) for name in names}
    categories[names[0]] = "start"
    if draw(st.booleans()):
        categories[names[-1]] = "done"
    states = {
        name: {"label": LABEL, "category": categories[name], "maps_to": "received"}
        for name in names
    }
    chain = pairwise(names) if draw(st.booleans()) else ()
    steps = {f"c{at}": _step(draw, [one], other) for at, (one, other) in enumerate(chain)}
    for code in STEPS[: draw(st.integers(1, len(STEPS)))]:
        source = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        steps[code] = _step(draw, source, draw(st.sampled_from(names)))
    return {
        "version": "1",
        "label": LABEL,
        "subject": "task",
        "initial": names[0],
        "states": states,
        "transitions": steps,
    }


def _step(draw: st.DrawFn, source: list[str], target: str) -> dict[str, Any]:
    return {
        "label": LABEL,
        "source": source,
        "target": target,
        "roles": draw(st.lists(st.sampled_from(HELD), min_size=1, max_size=2, unique=True)),
        "guard": draw(st.sampled_from(sorted(GUARDS))),
        "requires_comment": draw(st.booleans()),
        "separation_of_duty": draw(st.booleans()),
        "when": draw(st.sampled_from([{}, {"is_public": True}])),
    }


attempts = st.lists(
    st.tuples(
        st.sampled_from([*STEPS, "c0", "c1", "c2", "c3"]),
        st.sampled_from(PEOPLE),
        st.lists(st.sampled_from(HELD), max_size=3),
        st.sampled_from(["", "까닭"]),
    ),
    max_size=12,
)


def naive_problems(body: dict[str, Any]) -> bool:
    """Is a graph unsound? By Warshall's closure over all pairs."""
    names = list(body["states"])
    leads = {(one, one) for one in names}
    leads |= {
        (source, step["target"])
        for step in body["transitions"].values()
        for source in step["source"]
    }
    for over in names:
        leads |= {
            (one, other)
            for one in names
            for other in names
            if (one, over) in leads and (over, other) in leads
        }
    ends = [one for one in names if body["states"][one]["category"] == "done"]
    is_reached = all((body["initial"], one) in leads for one in names)
    ends_well = bool(ends) and all(any((one, end) in leads for end in ends) for one in names)
    return not (is_reached and ends_well)


def naive_step(
    body: dict[str, Any],
    state: str,
    attempt: tuple[str, str, list[str], str],
    known: dict[str, Any],
    led_by: str,
) -> str:
    """The state after the attempt, or "no" or "words": read straight from the document."""
    action, person, held, comment = attempt
    step = body["transitions"].get(action)
    if step is None or state not in step["source"] or not set(held) & set(step["roles"]):
        return "no"
    if any(known[name] != value for name, value in step["when"].items()):
        return "no"
    if not GUARDS[step["guard"]](known) or (step["separation_of_duty"] and person == led_by):
        return "no"
    return "words" if step["requires_comment"] and not comment else str(step["target"])


@settings(max_examples=300, deadline=None)
@given(body=graphs())
def test_exactly_the_sound_graphs_are_taken(body: dict[str, Any]) -> None:
    try:
        Workflow(body)
    except WorkflowInvalid:
        assert naive_problems(body)
    else:
        assert not naive_problems(body)


@settings(max_examples=300, deadline=None)
@given(body=graphs(), known=facts, tried=attempts)
def test_it_takes_the_steps_that_a_naive_reading_takes(
    body: dict[str, Any], known: dict[str, Any], tried: list[tuple[str, str, list[str], str]]
) -> None:
    try:
        workflow = Workflow(body)
    except WorkflowInvalid:
        return
    state, led_by = workflow.initial, ""
    for attempt in tried:
        action, person, held, comment = attempt
        wanted = naive_step(body, state, attempt, known, led_by)
        situation = Situation(frozenset(held), known, led_here=person == led_by)
        offered = {one.action for one in workflow.allowed(state, (), situation=situation)}
        assert (action in offered) == (wanted != "no")
        try:
            fired = workflow.fire(state, action, (), comment=comment, situation=situation)
        except TransitionNotAllowed:
            assert wanted == "no"
        except CommentRequired:
            assert wanted == "words"
        else:
            assert fired.target == wanted
            if fired.target != state:
                state, led_by = fired.target, person


@settings(max_examples=200, deadline=None)
@given(body=graphs(), known=facts, tried=attempts)
def test_what_was_done_in_a_workflow_is_legal_in_it(
    body: dict[str, Any], known: dict[str, Any], tried: list[tuple[str, str, list[str], str]]
) -> None:
    """And a first step that was refused is the one that is named."""
    try:
        workflow = Workflow(body)
    except WorkflowInvalid:
        return
    state, led_by, done, began = workflow.initial, "", list[PastStep](), kst("2026-11-02 09:00")
    for at, attempt in enumerate(tried):
        action, person, held, comment = attempt
        step = PastStep(action, began + timedelta(hours=at), frozenset(held), person, comment)
        target = naive_step(body, state, attempt, known, led_by)
        history = History("one", began, known, (*done, step))
        verdict = replay(workflow, history, calendar=city_calendar())
        assert verdict.is_legal == (target not in ("no", "words"))
        if not verdict.is_legal:
            assert (verdict.action, verdict.state) == (action, state)
            continue
        done.append(step)
        if target != state:
            state, led_by = target, person
