"""Which pydantic model stands behind a document of which kind. Each lives in its room's `types`."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from core_crm.calendars.types import CalendarDefinition
from core_crm.identity.types import Branding, Terminology
from core_crm.kpis.types import KpiDefinition
from core_crm.messaging.types import MessageTemplate
from core_crm.surveys.types import SurveyDefinition
from core_crm.voices.types.catalogue import CategoryList, ServiceList
from core_crm.workflows.types import WorkflowDefinition

Model = type[BaseModel]

MODELS: Mapping[str, Model | Mapping[str, Model]] = {
    "branding": {"city": Branding},
    "calendar": CalendarDefinition,
    "code_list": {"categories": CategoryList, "services": ServiceList},
    "kpi": KpiDefinition,
    "survey": SurveyDefinition,
    "template": MessageTemplate,
    "terminology": {"city": Terminology},
    "workflow": WorkflowDefinition,
}
"""Kind -> its model, or one model for each document of the kind."""


def model_of(kind: str, code: str) -> Model | None:
    """The model of a document; None when nobody knows this kind, or no such document of it."""
    known = MODELS.get(kind)
    return known.get(code) if isinstance(known, Mapping) else known
