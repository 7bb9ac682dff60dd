"""Named failures of the staff room."""

from __future__ import annotations

from tenants.errors import DomainError


class DepartmentNotFound(DomainError):
    """No department of this city has the code."""

    code = "staff.department_not_found"
    http_status = 404


class OrganisationNotATree(DomainError):
    """A loaded list names an unknown parent, a code twice, or goes round in a circle."""

    code = "staff.organisation_not_a_tree"
    http_status = 422


class OfficialAlreadyInvited(DomainError):
    """Somebody of this city already has an account with the address."""

    code = "staff.official_already_invited"
    http_status = 409


class OfficialInactive(DomainError):
    """The person's account is closed: they can be given no work."""

    code = "staff.official_inactive"
    http_status = 422


class RightMissing(DomainError):
    """The acting official's roles do not allow it."""

    code = "staff.right_missing"
    http_status = 403


class RoleUnknown(DomainError):
    """A role outside the closed list, or none at all."""

    code = "staff.role_unknown"
    http_status = 422


class ScopeUnknown(DomainError):
    """A scope outside the closed list, or none at all."""

    code = "staff.scope_unknown"
    http_status = 422


class SavedViewNotYours(DomainError):
    """Only its owner changes or removes a saved view."""

    code = "staff.saved_view_not_yours"
    http_status = 403


class InvitationInvalid(DomainError):
    """The link was used, replaced or has run out; or it is none of this city."""

    code = "staff.invitation_invalid"
    http_status = 404


class PasswordTooWeak(DomainError):
    """Too short, too common, or made of the person's own name."""

    code = "staff.password_too_weak"
    http_status = 422


class OwnAccessChange(DomainError):
    """Nobody changes what they themselves may do."""

    code = "staff.own_access_change"
    http_status = 403


class LastAdministrator(DomainError):
    """The city would be left without anybody who manages its staff."""

    code = "staff.last_administrator"
    http_status = 409


class HeirNeeded(DomainError):
    """Somebody who leaves, or a department that ends, still holds work."""

    code = "staff.heir_needed"
    http_status = 422


class PlanNotFound(DomainError):
    """No list of that kind has the id."""

    code = "staff.plan_not_found"
    http_status = 404


class PlanEnded(DomainError):
    """The list was applied or dropped before."""

    code = "staff.plan_ended"
    http_status = 409


class PlanOutdated(DomainError):
    """What the list would do is no longer what was shown."""

    code = "staff.plan_outdated"
    http_status = 409


class PlanDoesNothing(DomainError):
    """Not one line of the list would change anything."""

    code = "staff.plan_does_nothing"
    http_status = 422


class StaffAccountsUsedUp(DomainError):
    """As many accounts are in use as were agreed for the city."""

    code = "staff.accounts_used_up"
    http_status = 409
