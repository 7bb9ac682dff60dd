"""Named failures of the customers room."""

from __future__ import annotations

from tenants.errors import DomainError


class CitizenNotFound(DomainError):
    """No citizen of this city has the id."""

    code = "customers.citizen_not_found"
    http_status = 404


class ContactNotReadable(DomainError):
    """A telephone number or e-mail address that cannot be one."""

    code = "customers.contact_not_readable"
    http_status = 422


class ConsentNotPossible(DomainError):
    """A purpose, channel or source that there is not, a reason that lacks, or an erased citizen."""

    code = "customers.consent_not_possible"
    http_status = 422


class CustomerNotValid(DomainError):
    """Something written down of a customer that cannot be so; `field` names what."""

    code = "customers.not_valid"
    http_status = 422


class CustomerKnownAlready(DomainError):
    """The same name with the same contacts, or the same registration number, is there already."""

    code = "customers.known_already"
    http_status = 409


class CustomerNotActive(DomainError):
    """A merged or erased customer is not worked on any more."""

    code = "customers.not_active"
    http_status = 409


class OrganisationNotFound(DomainError):
    """No body of this city has the id."""

    code = "customers.organisation_not_found"
    http_status = 404


class OccasionNotFound(DomainError):
    """No occasion of this city has the id."""

    code = "customers.occasion_not_found"
    http_status = 404


class AcquiredListNotFound(DomainError):
    """No acquired list of this city has the id."""

    code = "customers.acquired_list_not_found"
    http_status = 404


class AcquiredListEnded(DomainError):
    """A list that ended takes nobody in and ends once."""

    code = "customers.acquired_list_ended"
    http_status = 409


class MergeNotPossible(DomainError):
    """Not two active citizens; or what cannot be undone any more, or not before a later merge."""

    code = "customers.merge_not_possible"
    http_status = 409


class MergeNotFound(DomainError):
    """No merge of this city has the id."""

    code = "customers.merge_not_found"
    http_status = 404


class PairNotFound(DomainError):
    """No pair of this city's citizens has the id."""

    code = "customers.pair_not_found"
    http_status = 404


class SignInRefused(DomainError):
    """A one-time code that does not fit, is too old, or was tried too often."""

    code = "customers.sign_in_refused"
    http_status = 422


class UnsubscribeLinkInvalid(DomainError):
    """A way out of advertising that this city did not make."""

    code = "customers.unsubscribe_link_invalid"
    http_status = 404
