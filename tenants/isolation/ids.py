"""UUIDv7 ids made in the application: time-ordered, and in one city only."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562 sections 5.7 and 6.2): 60 bits of time, 62 random bits.

    The twelve bits below the millisecond are its fraction, so that ids of one process sort as they
    were made: to a quarter of a microsecond.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    made_at = milliseconds << 16 | 0x7 << 12 | (rest << 12) // 1_000_000
    return UUID(int=made_at << 64 | 0x2 << 62 | int.from_bytes(os.urandom(8), "big") >> 2)


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
