"""Writing segments down, keeping whom they hold, putting them away."""

from core_crm.segments.services.segments import (
    segment_archive,
    segment_change,
    segment_count_keep,
    segment_create,
    segment_retake,
)

__all__ = [
    "segment_archive",
    "segment_change",
    "segment_count_keep",
    "segment_create",
    "segment_retake",
]
