"""The demo world: 15 governments with invented people and a year of their work."""

from sodam.demo.building import build

__all__ = ["build"]
