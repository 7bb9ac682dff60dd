"""Which pydantic model stands behind a document of which kind. Each lives in its room's `types`."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from core_crm.calendars.types import CalendarDefinition
from core_crm.call_centre.types import CallRouting
from core_crm.campaigns.types import CampaignType
from core_crm.identity.types import Branding, Terminology
from core_crm.kpis.types import KpiDefinition, PerformanceContract
from core_crm.messaging.types import MessageTemplate
from core_crm.policy_quality.types import EvaluationSheet
from core_crm.privacy.types import ConsentText, RetentionRule
from core_crm.surveys.types import SurveyDefinition
from core_crm.tasks.types import TaskMethod
from core_crm.voices.types.catalogue import CategoryList, CodeList, ServiceList
from core_crm.voices.types.forms import VoiceForm
from core_crm.voices.types.routing import RoutingDefinition
from core_crm.voices.types.sla import SlaDefinition
from core_crm.workflows.types import WorkflowDefinition

Model = type[BaseModel]

ANY = "*"

MODELS: Mapping[str, Model | Mapping[str, Model]] = {
    "branding": {"city": Branding},
    "calendar": CalendarDefinition,
    "call_routing": CallRouting,
    "campaign_type": CampaignType,
    "code_list": {"categories": CategoryList, "services": ServiceList, ANY: CodeList},
    "consent_text": ConsentText,
    "evaluation_sheet": EvaluationSheet,
    "form": {"voice": VoiceForm},
    "kpi": KpiDefinition,
    "performance_contract": PerformanceContract,
    "retention": RetentionRule,
    "routing": {"voice": RoutingDefinition},
    "sla": {"voice": SlaDefinition},
    "survey": SurveyDefinition,
    "task_method": TaskMethod,
    "template": MessageTemplate,
    "terminology": {"city": Terminology},
    "workflow": WorkflowDefinition,
}
"""Kind -> its model, or one model for each document of the kind; `ANY` stands for all others."""


def model_of(kind: str, code: str) -> Model | None:
    """The model of a document; None when nobody knows this kind, or no such document of it."""
    known = MODELS.get(kind)
    return known.get(code, known.get(ANY)) if isinstance(known, Mapping) else known
