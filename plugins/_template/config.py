"""What a government may set. Every field has a default: the plugin works the moment it is on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Config(BaseModel):
    """`visit_within_days`: how soon after receipt the place is visited. `carrier_host`: the text
    message carrier's host; empty: there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    visit_within_days: int = Field(default=7, ge=1, le=90)
    carrier_host: str = ""
