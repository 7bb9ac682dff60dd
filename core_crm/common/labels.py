"""A text in both languages, as documents hold it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class TwoLanguages(BaseModel):
    """A text in Korean and English. Without an English one the Korean stands for both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ko: str
    en: str = ""

    def in_language(self, language: str) -> str:
        return (self.en if language == "en" else self.ko) or self.ko
