"""Classes of work: each has a queue of its own and, in a cluster, workers of its own.

What a person waits for never stands behind what nobody waits for.
"""

from __future__ import annotations

from enum import StrEnum


class Queue(StrEnum):
    """A class of jobs; the value is the queue's name at the broker."""

    TRANSACTIONAL = "transactional"  # a person waits: messages, events, due times
    BULK = "bulk"  # many rows, nobody waits: forgetting, cleaning
    IMPORTS = "imports"  # many rows brought in, or made findable again
    ROLLUPS = "rollups"  # figures computed from rows


ALL_QUEUES = tuple(Queue)
