"""A worker that sends until it is killed: `python -m tests.core_crm.messaging.sender CITY`."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402  # after django.setup()

from core_crm.messaging.services import messages_send_due  # noqa: E402
from core_crm.messaging.services.gateways import HttpSmsGateway, SmtpGateway  # noqa: E402
from tenants.context import serving_city  # noqa: E402

SETTLING_SECONDS = 2  # the test's gateways answer at once; life's are slower

HttpSmsGateway.settling_seconds = SETTLING_SECONDS
SmtpGateway.settling_seconds = SETTLING_SECONDS

if __name__ == "__main__":
    with serving_city(sys.argv[1]):
        while True:
            messages_send_due(now=timezone.now())
            time.sleep(0.05)
