"""Writing into the outbox."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from core_crm.messaging.errors import (
    MessageTooLong,
    PlaceholderMissing,
    RecipientNotReachable,
    TemplateLacksChannel,
)
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import messages_about
from core_crm.messaging.services import message_queue, messages_send_due, placeholders_of
from core_crm.messaging.types import MessageState, Recipient
from tenants.context import serving_city
from tests.conftest import ServedCity, kst
from tests.core_crm.messaging.kit import ABOUT, CONTEXT, PHONE, queued

NOW = kst("2026-11-24 10:00")


def queue(recipient: Recipient, **changes: Any) -> OutgoingMessage:
    given = {
        "template": "answer",
        "context": CONTEXT,
        "about": ABOUT,
        "dedup_key": "k",
        "now": NOW,
    } | changes
    return message_queue(recipient=recipient, **given)


def test_a_text_message_is_filled_in_measured_and_waits(busan: ServedCity) -> None:
    message = queue(Recipient("sms", PHONE))
    assert message.body == "[부산광역시] BS-2611-7K4M-3 답변드렸습니다."
    assert (message.subject, message.byte_count, message.parts) == ("", 43, 1)
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert list(messages_about(*ABOUT)) == [message]


def test_an_e_mail_has_a_subject_of_one_line(busan: ServedCity) -> None:
    context = CONTEXT | {"ref": "BS-1\r\nBcc: other@citizen.example"}
    message = queue(Recipient("email", "a@citizen.example"), context=context)
    assert message.subject == "[부산광역시] BS-1 Bcc: other@citizen.example 답변"
    assert message.body.startswith("김*철 님,")


def test_english_is_used_where_there_is_english_else_korean(busan: ServedCity) -> None:
    english = queue(Recipient("email", "a@citizen.example", "en"))
    assert english.subject == "Answer to BS-2611-7K4M-3"
    other = queue(Recipient("email", "a@citizen.example", "fr"), dedup_key="fr")
    assert other.subject.startswith("[부산광역시]")


def test_a_channel_the_template_does_not_serve_is_refused(busan: ServedCity) -> None:
    with pytest.raises(TemplateLacksChannel):
        queue(Recipient("sms", PHONE, "en"))


def test_a_missing_value_is_named_when_queueing(busan: ServedCity) -> None:
    with pytest.raises(PlaceholderMissing) as refused:
        queue(Recipient("email", "a@citizen.example"), context={"city": "부산", "name": None})
    assert refused.value.facts["placeholders"] == ["ref", "name"]
    assert not OutgoingMessage.objects.exists()


def test_a_placeholder_in_a_citizens_words_is_not_filled(busan: ServedCity) -> None:
    message = queue(Recipient("sms", PHONE), context=CONTEXT | {"ref": "((name))"})
    assert "((name))" in message.body
    assert placeholders_of("((a)) (( b )) ((a)) ((이름))") == ("a", "b", "이름")


@pytest.mark.parametrize(
    ("channel", "address"),
    [("sms", "010-0000-0000"), ("sms", ""), ("email", "nobody"), ("email", ""), ("fax", PHONE)],
)
def test_an_address_that_cannot_be_one_is_refused(
    busan: ServedCity, channel: str, address: str
) -> None:
    with pytest.raises(RecipientNotReachable):
        queue(Recipient(channel, address))


def test_a_text_message_that_is_too_long_is_refused(busan: ServedCity) -> None:
    with pytest.raises(MessageTooLong):
        queue(Recipient("sms", PHONE), context=CONTEXT | {"ref": "가" * 1000})


def test_a_long_answer_is_cut_short_where_the_template_says_so(busan: ServedCity) -> None:
    message = queue(
        Recipient("sms", PHONE), context=CONTEXT | {"ref": "가나 " * 700}, template="long"
    )
    assert message.byte_count in (1999, 2000)
    assert message.body.endswith("…\nhttps://busan.example/t")
    assert message.purpose == "statutory_notice"


def test_the_same_key_again_returns_the_first_message(busan: ServedCity) -> None:
    first = queue(Recipient("sms", PHONE))
    again = queue(Recipient("email", "a@citizen.example"), context={})
    assert again == first
    assert OutgoingMessage.objects.count() == 1


def test_a_message_of_a_rolled_back_transaction_never_existed(
    two_cities: tuple[str, str],
) -> None:
    with serving_city("busan"):
        with transaction.atomic():
            queued("k", now=NOW)
            transaction.set_rollback(True)
        assert messages_send_due(now=NOW) == 0
        assert not OutgoingMessage.objects.exists()


def test_two_cities_use_the_same_key_apart(two_cities: tuple[str, str]) -> None:
    ids = set()
    for code in two_cities:
        with serving_city(code):
            ids.add(queued("the same key", now=NOW).id)
            assert OutgoingMessage.objects.count() == 1
    assert len(ids) == 2
