"""What was said about a voice, and what is being written."""

from __future__ import annotations

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import messages_about
from core_crm.staff.models import Official
from core_crm.voices.models import ReplyDraft, Voice, VoiceEntry, VoiceTransition
from core_crm.voices.types import DraftKind, EntryKind, ThreadItem


def thread_of(voice: Voice, *, for_citizen: bool = False) -> list[ThreadItem]:
    """The conversation from the first words on, each piece with how its message fared.

    For the citizen only what is public: no notes.
    """
    entries = voice.entries.select_related("author__user", "author__department")
    if for_citizen:
        entries = entries.filter(is_public=True)
    sent = {message.dedup_key: message for message in messages_about("voice", voice.id)}
    first = ThreadItem(
        id=voice.id,
        kind=EntryKind.CITIZEN,
        body=voice.body,
        at=voice.received_at,
        is_public=True,
    )
    return [first, *(_item(entry, sent) for entry in entries.order_by("at", "id"))]


def _item(entry: VoiceEntry, sent: dict[str, OutgoingMessage]) -> ThreadItem:
    message = sent.get(entry.message_key)
    author = entry.author
    return ThreadItem(
        id=entry.id,
        kind=entry.kind,
        body=entry.body,
        at=entry.at,
        is_public=entry.is_public,
        author_name=author.name if author else "",
        author_department=author.department.name_ko if author and author.department else "",
        message_channel=message.channel if message else "",
        message_state=message.state if message else "",
    )


def transitions_of(voice: Voice) -> list[VoiceTransition]:
    """Every act on the voice, in order."""
    return list(voice.transitions.select_related("by__user").order_by("version"))


def draft_of(
    voice: Voice, official: Official, *, kind: str = DraftKind.ANSWER
) -> ReplyDraft | None:
    """What the official has typed and not sent."""
    return ReplyDraft.objects.filter(voice=voice, official=official, kind=kind).first()
