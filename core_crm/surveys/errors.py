"""Named failures of the surveys room."""

from __future__ import annotations

from tenants.errors import DomainError


class SurveyLinkInvalid(DomainError):
    """The link was not made by this city, or was cut off on its way."""

    code = "survey.link_invalid"
    http_status = 404


class SurveyClosed(DomainError):
    """The time for answering is over."""

    code = "survey.closed"
    http_status = 410


class ScoreOutOfRange(DomainError):
    """A score is a whole number from 1 to 5, of one of the four items."""

    code = "survey.score_out_of_range"
    http_status = 422
