"""Senders killed at any instant: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sized
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
KILLS = 8
PATIENCE_SECONDS = 40
REPOSITORY = Path(__file__).resolve().parents[3]


class Sender:
    """One worker process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.core_crm.messaging.sender", "busan"],
            cwd=REPOSITORY,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "sodam.settings", **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


def open_messages() -> int:
    counts = message_counts()
    return counts["queued"] + counts["sending"]


def send_with_kills(environment: dict[str, str], *, arrived: Sized) -> None:
    """Kill a sender a few messages after it began, KILLS times; the last one finishes the work."""
    dice = random.Random(2026)  # noqa: S311  # when to kill is no secret
    for _ in range(KILLS):
        sender, before = Sender(environment), len(arrived)
        wait_until(lambda before=before: len(arrived) > before or not open_messages())
        time.sleep(dice.random() * 0.2)
        sender.kill()
    sender = Sender(environment)
    try:
        wait_until(lambda: not open_messages())
    finally:
        sender.kill()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "Nothing moved any more."
        time.sleep(0.02)


def test_text_messages_survive_killed_senders_exactly_once(
    two_cities: tuple[str, str], sms: SmsGateway
) -> None:
    sms.delay_seconds = 0.03  # so that kills also hit between acceptance and our writing it down
    with serving_city("busan"):
        wanted = {client_reference(queued(f"k{n}", now=timezone.now())) for n in range(MESSAGES)}
        send_with_kills({"SODAM_SMS_GATEWAY_URL": sms.url}, arrived=sms.handed_in)
        states = set(OutgoingMessage.objects.values_list("state", flat=True))
    assert set(sms.references()) == wanted  # none lost
    assert set(sms.references().values()) == {1}  # none doubled
    assert states <= {"accepted", "delivered"}


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
            for n in range(MESSAGES // 3)
        }
        send_with_kills(environment, arrived=mail.letters)
    assert set(mail.ids()) == wanted
    assert sum(mail.ids().values()) <= len(wanted) + KILLS
