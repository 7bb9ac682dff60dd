"""What others may hold of the staff room: roles, rights, rows of lists, work, plans."""

from core_crm.staff.types.invitations import Invitation
from core_crm.staff.types.organisation import (
    DepartmentKind,
    DepartmentNode,
    DepartmentRow,
    LoadResult,
)
from core_crm.staff.types.plans import (
    CHANGE_LABELS_KO,
    Change,
    Difference,
    PlanCounts,
    PlanKind,
    PlanLine,
    PlanProblem,
    PlanRow,
    PlanState,
    UnitHeld,
)
from core_crm.staff.types.rights import (
    RIGHTS_BY_ROLE,
    ROLE_LABELS_KO,
    VISITOR_RIGHTS,
    PersonState,
    Right,
    Role,
    Scope,
    rights_of,
)
from core_crm.staff.types.work import HeldWork, WorkHolder

__all__ = [
    "CHANGE_LABELS_KO",
    "RIGHTS_BY_ROLE",
    "ROLE_LABELS_KO",
    "VISITOR_RIGHTS",
    "Change",
    "DepartmentKind",
    "DepartmentNode",
    "DepartmentRow",
    "Difference",
    "HeldWork",
    "Invitation",
    "LoadResult",
    "PersonState",
    "PlanCounts",
    "PlanKind",
    "PlanLine",
    "PlanProblem",
    "PlanRow",
    "PlanState",
    "Right",
    "Role",
    "Scope",
    "UnitHeld",
    "WorkHolder",
    "rights_of",
]
