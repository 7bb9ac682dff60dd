"""What a government may set. Every field has a default: the plugin works the moment it is on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Config(BaseModel):
    """Titles and descriptions are what officials read in the studio."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    visit_within_days: int = Field(
        default=7, ge=1, le=90, title="방문 기한", description="접수한 날부터 며칠 안에"
    )
    carrier_host: str = Field(
        default="", title="문자 사업자의 주소", description="비우면 문자를 보내지 않고 기다립니다"
    )
