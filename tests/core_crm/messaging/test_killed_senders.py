"""Senders killed at any instant: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import message_counts
from core_crm.messaging.services.marking import client_reference
from tenants.context import serving_city
from tests.core_crm.messaging.kit import MailServer, SmsGateway, queued

pytestmark = pytest.mark.runtime

MESSAGES = 60
KILLS = 20
PATIENCE_SECONDS = 60
REPOSITORY = Path(__file__).resolve().parents[3]

NextSender = Callable[[], int]


@contextmanager
def senders(environment: dict[str, str]) -> Iterator[NextSender]:
    """A process that replaces dead senders; each call gives the id of the next one."""
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.core_crm.messaging.sender", "busan"],
        cwd=REPOSITORY,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "sodam.settings", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout
    children: list[int] = []

    def next_sender() -> int:
        children.append(int(parent.stdout.readline()))  # type: ignore[union-attr]  # asserted
        return children[-1]

    try:
        yield next_sender
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
        os.kill(children[-1], signal.SIGKILL)


def send_with_kills(environment: dict[str, str]) -> None:
    """Kill twenty senders within moments of their first work; the last one finishes."""
    dice = random.Random(2026)  # noqa: S311  # when to kill is no secret
    with senders(environment) as next_sender:
        for _ in range(KILLS):
            sender, left = next_sender(), message_counts()["queued"]
            wait_until(lambda left=left: message_counts()["queued"] < left or not open_messages())
            time.sleep(dice.random() * 0.08)
            os.kill(sender, signal.SIGKILL)
        next_sender()
        wait_until(lambda: not open_messages())


def open_messages() -> int:
    counts = message_counts()
    return counts["queued"] + counts["sending"]


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "Nothing moved any more."
        time.sleep(0.01)


def test_text_messages_survive_killed_senders_exactly_once(
    two_cities: tuple[str, str], sms: SmsGateway
) -> None:
    sms.delay_seconds = 0.03  # so that kills also hit between acceptance and our writing it down
    with serving_city("busan"):
        wanted = {client_reference(queued(f"k{n}", now=timezone.now())) for n in range(MESSAGES)}
        send_with_kills({"SODAM_SMS_GATEWAY_URL": sms.url})
        found_by_asking = OutgoingMessage.objects.filter(state="delivered").count()
        accepted = OutgoingMessage.objects.filter(state="accepted").count()
    assert set(sms.references()) == wanted  # none lost
    assert set(sms.references().values()) == {1}  # none doubled
    assert accepted + found_by_asking == MESSAGES
    assert found_by_asking  # some kills did leave a message of unknown fate


def test_e_mails_survive_killed_senders_and_copies_carry_the_same_id(
    two_cities: tuple[str, str], mail: MailServer
) -> None:
    """SMTP has no look-up: a notice may arrive twice, but under one Message-ID, and never not."""
    environment = {
        "SODAM_SMTP_HOST": "127.0.0.1",
        "SODAM_SMTP_PORT": str(mail.port),
        "SODAM_SMTP_SECURITY": "none",
        "SODAM_SMTP_FROM": "noreply@busan.example",
    }
    with serving_city("busan"):
        wanted = {
            f"<{client_reference(queued(f'k{n}', now=timezone.now(), channel='email'))}"
            "@busan.example>"
            for n in range(MESSAGES)
        }
        send_with_kills(environment)
    assert set(mail.ids()) == wanted
    assert sum(mail.ids().values()) <= len(wanted) + KILLS
