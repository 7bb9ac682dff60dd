"""Named failures of the voices room."""

from __future__ import annotations

from tenants.errors import DomainError


class VoiceNotFound(DomainError):
    """No voice of this city has the reference, or it is none of the asker's business."""

    code = "voice.not_found"
    http_status = 404


class VoiceChangedMeanwhile(DomainError):
    """Somebody else saved the voice after the page was opened; the facts say who and when."""

    code = "voice.changed_meanwhile"
    http_status = 409


class FieldsMissing(DomainError):
    """The state the voice would enter asks for fields nobody has filled in; the facts name them."""

    code = "voice.fields_missing"
    http_status = 422


class AttributeNotSettable(DomainError):
    """A step would fill in a field that the city's form has no more, or with no value of its."""

    code = "voice.attribute_not_settable"
    http_status = 422


class VoiceAlreadyAnswered(DomainError):
    """The voice was answered or closed before."""

    code = "voice.already_answered"
    http_status = 409


class NotAllowedInState(DomainError):
    """The workflow does not foresee this act in the state the voice is in."""

    code = "voice.not_allowed_in_state"
    http_status = 409


class RightMissing(DomainError):
    """The official's roles do not include the right this act asks for."""

    code = "voice.right_missing"
    http_status = 403


class ExtensionNotLawful(DomainError):
    """The period may not be extended for this reason, or not again; names the article."""

    code = "voice.extension_not_lawful"
    http_status = 422


class InspectionNotLawful(DomainError):
    """A field inspection only stops the clock of a grievance, for 14 days and once 7 more."""

    code = "voice.inspection_not_lawful"
    http_status = 422


class SupplementNotLawful(DomainError):
    """The same supplement may be asked for twice only; names the article."""

    code = "voice.supplement_not_lawful"
    http_status = 422


class UnableNeedsReason(DomainError):
    """Closing as unable without a reason the public may read."""

    code = "voice.unable_needs_reason"
    http_status = 422


class TextMissing(DomainError):
    """A title, an answer, a note or a reason without any text in it."""

    code = "voice.text_missing"
    http_status = 422


class WordUnknown(DomainError):
    """A channel, class, view or kind outside the closed list; the facts name the list."""

    code = "voice.word_unknown"
    http_status = 422


class CategoryUnknown(DomainError):
    """No category of this city has the code. Only officials meet it: citizens land in `other`."""

    code = "voice.category_unknown"
    http_status = 422


class ServiceUnknown(DomainError):
    """No item of the service catalogue has the code."""

    code = "voice.service_unknown"
    http_status = 422


class DepartmentMismatch(DomainError):
    """The official does not work in the department the voice is given to."""

    code = "voice.department_mismatch"
    http_status = 422


class TrackingLinkInvalid(DomainError):
    """The link's signature does not fit this voice."""

    code = "voice.tracking_link_invalid"
    http_status = 404


class ReceivedTooLongAgo(DomainError):
    """The voice is said to have been received before the days whose holidays are known."""

    code = "voice.received_too_long_ago"
    http_status = 422


class ReceivedInTheFuture(DomainError):
    """A voice cannot have arrived later than now."""

    code = "voice.received_in_the_future"
    http_status = 422


class PublicationNotFound(DomainError):
    """The board has no such entry, or it is not published; nobody learns which."""

    code = "publication.not_found"
    http_status = 404


class PublicationNotAgreed(DomainError):
    """The citizen has not agreed that this voice is made public."""

    code = "publication.not_agreed"
    http_status = 409


class PublicationNotPossible(DomainError):
    """A voice that was withdrawn or went to another authority has no place on the board."""

    code = "publication.not_possible"
    http_status = 409


class PublicationChangedMeanwhile(DomainError):
    """Somebody else, or the voice itself, changed the entry after the page was opened."""

    code = "publication.changed_meanwhile"
    http_status = 409


class OriginalNotSummarised(DomainError):
    """The public text is the citizen's own: they were promised that it is not published."""

    code = "publication.original"
    http_status = 422


class PersonalDataInPublicText(DomainError):
    """A phone, an e-mail address, a resident number or the citizen's name is left in the text."""

    code = "publication.personal_data"
    http_status = 422


class FieldsNotValid(DomainError):
    """Values of custom fields are unknown, wrong or missing; `facts["fields"]` says which."""

    code = "voice.fields_not_valid"
    http_status = 422
