"""What a step asks for beside moving a voice, done by the room that registered for it.

It is done in the act's transaction, before the act is saved. Something of it that cannot be done (a
wording that a city has dropped since the case began) must not hold up the act: it is logged, and an
internal note says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping

from django.db import transaction

from core_crm.voices.models import VoiceEntry
from core_crm.voices.services.act import Act
from core_crm.voices.types import EntryKind
from core_crm.workflows import RequestedAction
from tenants.errors import DomainError

log = logging.getLogger(__name__)

Handler = Callable[[Act, RequestedAction], None]
OF_PLUGINS = "x"

_handlers: dict[str, Handler] = {}


def register_action(do: str, handler: Handler) -> None:
    """Let a room do what steps ask for under this name. Raises ValueError for a second handler."""
    if do in _handlers:
        raise ValueError(f"The workflow action {do!r} has a handler already.")
    _handlers[do] = handler


def registered_actions() -> Mapping[str, Handler]:
    """Who does what, by name; `x` stands for all actions of plugins."""
    return _handlers


def requested_run(act: Act, asked: Iterable[RequestedAction]) -> None:
    """Do all of it, in the order in which the steps were taken."""
    for one in asked:
        try:
            with transaction.atomic():
                _handlers[one.do.partition(".")[0]](act, one)
        except DomainError as refused:
            log.warning("requested_action_refused", extra={"do": one.do, "reason": refused.code})
            _say_so(act, refused)


def _say_so(act: Act, refused: DomainError) -> None:
    VoiceEntry.objects.create(
        voice=act.voice,
        kind=EntryKind.NOTE,
        body=f"단계에 딸린 일을 하지 못했습니다. {refused.message}",
        author=None,
        at=act.now,
        is_public=False,
    )
