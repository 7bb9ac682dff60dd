"""Whose voice it is, and who may be given it: people who claim, who take over, who have left."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.messaging.selectors import messages_about
from core_crm.staff.errors import OfficialInactive
from core_crm.staff.models import Official
from core_crm.staff.services import official_change, work_hand_over
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.services import voice_assign, voice_register
from core_crm.voices.types import CitizenDraft
from tests.conftest import kst
from tests.support.voices import Office, a_draft, a_voice, a_voice_in_work

NOW = kst("2026-11-24 10:00")
NAME, PHONE, EMAIL = "한바다", "010-0000-7777", "sea@citizen.example"


def filed(*, by: Official | None = None, reply_channel: str = "", **contacts: Any) -> Voice:
    draft = a_draft(
        citizen=CitizenDraft(NAME, **contacts),
        reply_channel=reply_channel,
        channel="counter" if by else "portal",
    )
    return voice_register(draft=draft, now=NOW, by=by)


def test_a_stranger_who_knows_a_name_and_a_number_gets_none_of_that_persons_letters(
    office: Office,
) -> None:
    """The stranger's e-mail was written into the known citizen's record."""
    known = filed(phone=PHONE).citizen
    assert filed(phone=PHONE, email=EMAIL).citizen != known
    known.refresh_from_db()
    assert known.email == ""


def test_at_the_counter_the_same_person_is_recognised_and_their_e_mail_learnt(
    office: Office,
) -> None:
    known = filed(phone=PHONE).citizen
    assert filed(phone=PHONE, email=EMAIL, by=office.agent).citizen == known
    known.refresh_from_db()
    assert known.email == EMAIL


@pytest.mark.parametrize("wished", ["", "email"])
def test_the_reply_goes_to_the_contact_given_with_the_voice(office: Office, wished: str) -> None:
    """A record somebody else began must not lead the letters of the next one to them."""
    begun = filed(phone=PHONE, email=EMAIL, reply_channel="email").citizen
    voice = filed(phone=PHONE, reply_channel=wished)
    assert (voice.citizen, begun.preferred_channel) == (begun, "email")
    assert {letter.channel for letter in messages_about("voice", voice.id)} == {"sms"}


def test_nothing_is_assigned_to_somebody_who_has_left(office: Office) -> None:
    """A voice could be given to a closed account, where its time ran out unseen."""
    gone = official_change(office.colleague, is_active=False, by=office.admin, now=NOW)
    with pytest.raises(OfficialInactive):
        voice_assign(a_voice(NOW), department=office.road, officer=gone, by=office.agent, now=NOW)


def test_a_voice_handed_over_names_who_ordered_it(office: Office) -> None:
    """It was written down as the system's act."""
    voice = a_voice_in_work(office, NOW)
    work_hand_over(office.officer, to=office.colleague, now=NOW, by=office.head)
    assert VoiceTransition.objects.get(voice=voice, comment="업무 인계").by == office.head
    last = AuditEntry.objects.filter(subject_kind="voice", subject_id=voice.id).latest("id")
    assert (last.action, last.actor_id) == ("voice.assign", office.head.id)
