"""UUIDv7 ids made in the application: time-ordered, and in one city only."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562 section 5.7): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=value & ~(0x3 << 62) | (0x2 << 62))


if TYPE_CHECKING:
    UUIDField = models.UUIDField[Any, UUID]
else:
    UUIDField = models.UUIDField


class UUIDv7Field(UUIDField):
    """A UUID that is filled in when the object is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", uuid7)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
