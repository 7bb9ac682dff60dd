"""A worker that is killed again and again: `python -m tests.core_crm.messaging.sender CITY`.

The parent has everything loaded and forks a child that sends; it prints the id of each child and
forks the next one when it is dead.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402  # after django.setup()

from core_crm.messaging.services import marking, messages_send_due  # noqa: E402
from core_crm.messaging.services.gateways import HttpSmsGateway, SmtpGateway  # noqa: E402
from tenants.context import serving_city  # noqa: E402

# The test's gateways answer at once; life's are slower.
HttpSmsGateway.settling_seconds = SmtpGateway.settling_seconds = 1
marking.BACKOFF = (timedelta(seconds=0.2),) * 50
marking.MAX_ATTEMPTS = 50


def send_for_ever(city: str) -> None:
    with serving_city(city):
        while True:
            messages_send_due(now=timezone.now())
            time.sleep(0.02)


if __name__ == "__main__":
    while True:
        child = os.fork()
        if not child:
            send_for_ever(sys.argv[1])
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
