"""Failures of the kpis room."""

from __future__ import annotations

from tenants.errors import DomainError


class PeriodNotReadable(DomainError):
    """The text names no period of evaluation."""

    code = "kpi.period_not_readable"
    http_status = 422


class NothingToScore(DomainError):
    """No indicator has a weight for this level and period, or there is no such contract."""

    code = "kpi.nothing_to_score"
    http_status = 404
