"""What the wizard's steps are called, and how a draft is told in a line."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sodam.console.opening_draft import NO_PLUGIN, STEPS, Draft
from sodam.console.opening_facts import own_plugin
from sodam.ui.words import is_english

HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step beside the page. `state`: done, on or ""; `url` "" when it cannot be visited."""

    number: int
    name: str
    word: str
    told: str
    state: str
    url: str


def step_words() -> dict[str, str]:
    return {
        "region": _("지역과 주소"),
        "standard": _("표준 모델"),
        "plugin": _("플러그인"),
        "people": _("첫 관리자와 한도"),
        "check": _("점검과 개통"),
        HANDOVER: _("인계"),
    }


def step_lines(draft: Draft | None, here: str, *, is_begun: bool = False) -> list[StepLine]:
    """All steps with what was answered. Begun, none can be changed any more."""
    return [
        StepLine(
            number=number,
            name=name,
            word=word,
            told=told_of(draft, name) if draft else "",
            state=_state(draft, name, here, is_begun=is_begun),
            url="" if is_begun else _url(draft, name, here),
        )
        for number, (name, word) in enumerate(step_words().items(), 1)
    ]


def _state(draft: Draft | None, name: str, here: str, *, is_begun: bool) -> str:
    if name == here:
        return "on"
    is_told = bool(draft and name in draft.told)
    is_past = is_begun and name != HANDOVER
    return "done" if is_told or is_past else ""


def _url(draft: Draft | None, name: str, here: str) -> str:
    """A step may be visited again, and the first one that is open."""
    may_be_seen = draft and (name in draft.told or name == draft.next_step)
    if draft is None or name not in STEPS or name == here or not may_be_seen:
        return ""
    return reverse("console_opening_step", args=[draft.code, name])


def told_of(draft: Draft, step: str) -> str:
    """What was answered, in a few words; "" when nothing was."""
    if step not in draft.told:
        return ""
    return {
        "region": ", ".join(draft.shown_hosts),
        "standard": _("표준 %(version)s판") % {"version": draft.standard_version},
        "plugin": plugin_word(draft),
        "people": draft.admin_email,
    }.get(step, "")


def plugin_word(draft: Draft) -> str:
    own = own_plugin(draft.code)
    if draft.plugin in ("", NO_PLUGIN) or own is None:
        return _("표준 그대로")
    return f"{own.plugin.code} {own.plugin.version}".strip()


def labelled(one: object) -> str:
    """What a contribution of a plugin calls itself in the reader's language."""
    name = "label_en" if is_english() else "label_ko"
    return str(getattr(one, name, "") or getattr(one, "code", ""))
