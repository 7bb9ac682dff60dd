"""The public board: propose a text, publish or reword it, take it back. Only moderated words."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from core_crm import events
from core_crm.audit.services import audit_append
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import (
    OriginalNotSummarised,
    PersonalDataInPublicText,
    PublicationChangedMeanwhile,
    PublicationNotAgreed,
    PublicationNotPossible,
    RightMissing,
    TextMissing,
    UnableNeedsReason,
)
from core_crm.voices.models import Publication, Voice
from core_crm.voices.selectors.publication_text import (
    certain,
    personal_data_of,
    state_of,
    suggestion_for,
    tidied,
)
from core_crm.voices.selectors.visibility import may_see
from core_crm.voices.services.acting import actor_of, voice_lock
from core_crm.voices.services.publication_following import in_line_with, saved
from core_crm.voices.types import (
    TEXT_LIMITS,
    BoardState,
    PublicationPublished,
    PublicationTakenBack,
    PublicText,
    Standing,
)

SUBJECT = "publication"


@transaction.atomic
def publication_publish(
    voice: Voice,
    *,
    text: PublicText,
    by: Official,
    now: datetime,
    expected_version: int | None = None,
) -> Publication:
    """Put a text on the board, or reword what stands there (again).

    `expected_version` is the entry's that was on the screen, 0 for none. Raises RightMissing,
    PublicationNotAgreed, PublicationNotPossible, PublicationChangedMeanwhile, TextMissing,
    UnableNeedsReason, OriginalNotSummarised, PersonalDataInPublicText.
    """
    entry = _begin(voice, by=by, rights={Right.VOICE_PUBLISH}, expected_version=expected_version)
    was_shown = entry.standing == Standing.PUBLISHED
    _write(entry, text)
    _check_not_the_original(entry)
    _check_no_personal_data(entry, text)
    entry.standing, entry.is_behind, entry.note = Standing.PUBLISHED.value, False, ""
    entry.moderated_by, entry.published_at = by, entry.published_at or now
    saved(entry, now=now)
    _remember(entry, "edited" if was_shown else "published", by=by, now=now)
    events.record(PublicationPublished(entry.id, entry.voice_id, entry.state, entry.version))
    return entry


@transaction.atomic
def publication_propose(
    voice: Voice,
    *,
    text: PublicText,
    by: Official,
    now: datetime,
    expected_version: int | None = None,
) -> Publication:
    """Hand a text to those who may publish. What is published already only they reword.

    Raises what `publication_publish` raises, but for the personal data: moderators look at it.
    """
    rights = {Right.VOICE_HANDLE, Right.VOICE_PUBLISH}
    entry = _begin(voice, by=by, rights=rights, expected_version=expected_version)
    if entry.standing == Standing.PUBLISHED:
        raise RightMissing("공개된 글은 공개 권한이 있는 사람이 고칩니다.", action="propose")
    _write(entry, text)
    entry.standing, entry.proposed_by, entry.note = Standing.PROPOSED.value, by, ""
    saved(entry, now=now)
    _remember(entry, "proposed", by=by, now=now)
    return entry


@transaction.atomic
def publication_take_back(
    voice: Voice,
    *,
    reason: str,
    by: Official,
    now: datetime,
    expected_version: int | None = None,
) -> Publication:
    """Take an entry off the board, or decide that a voice does not go there; it may come back.

    Raises RightMissing, PublicationNotAgreed, PublicationChangedMeanwhile, TextMissing.
    """
    if not reason.strip():
        raise TextMissing("내리는 까닭을 적어 주세요.", field="reason")
    entry = _begin(voice, by=by, rights={Right.VOICE_PUBLISH}, expected_version=expected_version)
    was_shown = entry.standing == Standing.PUBLISHED
    if entry._state.adding:
        _write(entry, suggestion_for(entry.voice).text)
    entry.standing, entry.is_behind = Standing.TAKEN_BACK.value, False
    entry.moderated_by, entry.note = by, reason.strip()[:300]
    saved(entry, now=now)
    _remember(entry, "taken_back", by=by, now=now, reason=entry.note)
    if was_shown:
        events.record(PublicationTakenBack(entry.id, entry.voice_id))
    return entry


def _begin(
    voice: Voice, *, by: Official, rights: set[Right], expected_version: int | None
) -> Publication:
    """Lock the voice, which keeps its entry too; the entry in line with it, unsaved if new."""
    fresh = voice_lock(voice.pk)
    if not (by.rights & rights and may_see(by, fresh)):
        raise RightMissing("이 의견을 공개할 권한이 없습니다.", action="publish")
    if not fresh.is_public:
        raise PublicationNotAgreed("시민이 공개에 동의하지 않은 의견입니다.", ref=fresh.ref)
    if fresh.is_test:
        raise PublicationNotPossible("시험 운영 때 접수한 의견은 공개하지 않습니다.", ref=fresh.ref)
    if state_of(fresh) is None:
        raise PublicationNotPossible("취하하거나 이송한 의견은 공개하지 않습니다.", ref=fresh.ref)
    entry = Publication.objects.filter(voice=fresh).first() or Publication(voice=fresh, version=0)
    if expected_version is not None and expected_version != entry.version:
        raise PublicationChangedMeanwhile(
            "그사이 글이나 의견의 상태가 바뀌었습니다. 내용을 확인하고 다시 해 주세요.",
            ref=fresh.ref,
        )
    entry.voice = fresh
    in_line_with(entry, fresh)
    return entry


def _write(entry: Publication, text: PublicText) -> None:
    """Raises TextMissing, UnableNeedsReason."""
    for name, words in asdict(tidied(text)).items():
        if len(words) > TEXT_LIMITS[name]:
            raise TextMissing(f"{TEXT_LIMITS[name]}자까지 쓸 수 있습니다.", field=name)
        setattr(entry, name, words)
    if not entry.title or not entry.summary:
        missing = "summary" if entry.title else "title"
        raise TextMissing("제목과 부탁한 일을 적어 주세요.", field=missing)
    if entry.state == BoardState.UNABLE and not entry.reason:
        raise UnableNeedsReason("할 수 없는 까닭을 적어 주세요.", field="reason")


def _check_not_the_original(entry: Publication) -> None:
    """Raises OriginalNotSummarised for a summary that is the citizen's text, or all that fits."""
    written, asked = ("".join(text.split()) for text in (entry.summary, entry.voice.body))
    is_cut = written.endswith("…") and asked.startswith(written[:-1])
    if written == asked or is_cut:
        raise OriginalNotSummarised(
            "시민의 글을 그대로 올릴 수 없습니다. 무엇을 부탁했는지 요약해 주세요.", field="summary"
        )


def _check_no_personal_data(entry: Publication, text: PublicText) -> None:
    """Raises PersonalDataInPublicText; its facts say in which part and of which kind, no more."""
    sure = certain(personal_data_of(entry.voice, tidied(text)))
    if sure:
        found = {name: sorted({one.kind.value for one in finds}) for name, finds in sure.items()}
        raise PersonalDataInPublicText(
            "공개할 글에 개인정보가 남아 있습니다. 지우거나 가린 뒤에 공개해 주세요.", found=found
        )


def _remember(
    entry: Publication, act: str, *, by: Official, now: datetime, reason: str = ""
) -> None:
    audit_append(
        f"publication.{act}",
        actor=actor_of(by),
        subject_kind=SUBJECT,
        subject_id=entry.pk,
        now=now,
        facts={"voice": str(entry.voice_id), "state": entry.state, "version": entry.version},
        reason=reason,
    )
