"""What reaches the log, and what must not."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import structlog

from sodam import logs

SAID = "Key (phone)=(+821000004321) already exists."


def line(record: logging.LogRecord) -> dict[str, Any]:
    """The facts of one line, before they become JSON."""
    facts: dict[str, Any] = {"event": record.getMessage(), "_record": record}
    for process in logs._processors():
        facts = dict(process(logging.getLogger(record.name), "error", facts))
    return {name: value for name, value in facts.items() if not name.startswith("_")}


@pytest.mark.parametrize("name", ["celery.app.trace", "django.request"])
def test_the_words_of_a_failure_stay_out_of_the_log(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Broke: Celery's own line quoted the error, and with it a citizen's number."""
    monkeypatch.setattr(logs, "env", type("Env", (), {"is_demo": False}))
    structlog.contextvars.clear_contextvars()
    error = ValueError(SAID)
    about = (type(error), error, None)
    record = logging.LogRecord(name, logging.ERROR, "", 1, "Task x raised: %s", (error,), about)
    told = line(record)
    assert told["error"] == "builtins.ValueError"
    assert "000004321" not in str(told)
