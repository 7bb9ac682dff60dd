"""What a text for the board begins with, and what in it must not be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from core_crm.common.personal_finder import Found, personal_in
from core_crm.common.safe_text import tidy
from core_crm.voices.models import Publication, Voice
from core_crm.voices.types import (
    TEXT_LIMITS,
    BoardState,
    EntryKind,
    Outcome,
    PublicText,
    Suggestion,
)

STATES = {
    Outcome.NONE: BoardState.GOING_ON,
    Outcome.ANSWERED: BoardState.DONE,
    Outcome.UNABLE: BoardState.UNABLE,
}


def state_of(voice: Voice) -> BoardState | None:
    """What the board would call it; None for one withdrawn, passed on, or only tried out."""
    if voice.is_test:
        return None
    return STATES.get(Outcome(voice.outcome))


def suggestion_for(voice: Voice, *, entry: Publication | None = None) -> Suggestion:
    """The words to begin with: those kept, else the voice's own; and whose names are in them.

    What the citizen wrote is only a beginning: the official makes a summary of it.
    """
    kept = {name: getattr(entry, name) if entry else "" for name in TEXT_LIMITS}
    drawn = asdict(_drawn(voice))
    fitting = {name: _cut(kept[name] or drawn[name], most) for name, most in TEXT_LIMITS.items()}
    return Suggestion(PublicText(**fitting), names=_names(voice), public_phones=_phones(voice))


def personal_data_of(voice: Voice, text: PublicText) -> dict[str, list[Found]]:
    """What was found in each part of a text; parts without a find are left out."""
    names, phones = _names(voice), _phones(voice)
    found = {
        name: personal_in(words, names=names, public_phones=phones)
        for name, words in asdict(text).items()
    }
    return {name: finds for name, finds in found.items() if finds}


def certain(found: Mapping[str, list[Found]]) -> dict[str, list[Found]]:
    """Only the finds that forbid to publish."""
    sure = {name: [one for one in finds if one.is_certain] for name, finds in found.items()}
    return {name: finds for name, finds in sure.items() if finds}


def tidied(text: PublicText) -> PublicText:
    """One Unicode form, nothing unseen, no blanks around."""
    return PublicText(**{name: tidy(words) for name, words in asdict(text).items()})


def _drawn(voice: Voice) -> PublicText:
    answer = voice.entries.filter(kind=EntryKind.ANSWER).order_by("-at", "-id").first()
    return PublicText(
        title=voice.title,
        summary=voice.body,
        result=answer.body if answer is not None and voice.outcome else "",
        reason=voice.public_reason,
        law=voice.service.legal_basis if voice.service and voice.outcome == Outcome.UNABLE else "",
    )


def _cut(text: str, most: int) -> str:
    text = tidy(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _names(voice: Voice) -> tuple[str, ...]:
    return (voice.citizen.name,) if voice.citizen.name.strip() else ()


def _phones(voice: Voice) -> tuple[str, ...]:
    """The department's own number is no secret; an official's is not for the board."""
    return (voice.department.phone,) if voice.department and voice.department.phone else ()
