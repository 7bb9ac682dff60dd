"""The closed lists of words of a voice. Korean labels stand beside them."""

from __future__ import annotations

from enum import StrEnum


class PetitionClass(StrEnum):
    """What the law calls it (민원 처리에 관한 법률 제2조 제1호); decides the processing period."""

    STATUTORY = "statutory"
    INQUIRY_LEGAL = "inquiry_legal"
    INQUIRY = "inquiry"
    SUGGESTION = "suggestion"
    OTHER = "other"
    GRIEVANCE = "grievance"


class VoiceChannel(StrEnum):
    """The road a voice came by."""

    PORTAL = "portal"
    COUNTER = "counter"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    SMS = "sms"
    API = "api"
    IMPORT = "import"


class VoicePhase(StrEnum):
    """The standard word a city's own workflow state stands for, so that cities can be compared."""

    RECEIVED = "received"
    SORTING = "sorting"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    ANSWERED = "answered"
    UNABLE = "unable"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    REOPENED = "reopened"


class VoiceAction(StrEnum):
    """What a person does to a voice. The workflow document says when, and who may."""

    REGISTER = "register"
    APPEND = "append"
    SORT = "sort"
    ASSIGN = "assign"
    START = "start"
    REQUEST_SUPPLEMENT = "request_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    EXTEND = "extend"
    INSPECT = "inspect"
    OUTAGE = "outage"
    RECLASSIFY = "reclassify"
    ANSWER = "answer"
    CLOSE_UNABLE = "close_unable"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    CLOSE = "close"
    REOPEN = "reopen"
    MIGRATE = "migrate"


class Outcome(StrEnum):
    """How a voice ended; none while it is open."""

    NONE = ""
    ANSWERED = "answered"
    UNABLE = "unable"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"


class EntryKind(StrEnum):
    """What one piece of the conversation about a voice is."""

    CITIZEN = "citizen"
    ANSWER = "answer"
    NOTE = "note"
    SUPPLEMENT_REQUEST = "supplement_request"
    SUPPLEMENT_REPLY = "supplement_reply"
    NOTICE = "notice"
    SYSTEM = "system"


class AdjustmentKind(StrEnum):
    """Why a due instant lawfully differs from the plain count."""

    SUPPLEMENT = "supplement"
    INSPECTION = "inspection"
    EXTENSION = "extension"
    OUTAGE = "outage"


class DraftKind(StrEnum):
    """What an official is writing."""

    ANSWER = "answer"
    NOTE = "note"
    SUPPLEMENT_REQUEST = "supplement_request"
    UNABLE = "unable"


class InboxView(StrEnum):
    """The standard views of an official's inbox."""

    MINE = "mine"
    DEPARTMENT = "department"
    UNASSIGNED = "unassigned"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    WAITING = "waiting"
    REOPENED = "reopened"
    ALL = "all"


class InboxSort(StrEnum):
    """The order of an inbox; the soonest due is the standard."""

    DUE = "due"
    RECEIVED = "received"
    UPDATED = "updated"


CLASS_LABELS_KO: dict[PetitionClass, str] = {
    PetitionClass.STATUTORY: "법정민원",
    PetitionClass.INQUIRY_LEGAL: "질의민원(법령 해석)",
    PetitionClass.INQUIRY: "질의민원",
    PetitionClass.SUGGESTION: "건의민원",
    PetitionClass.OTHER: "기타민원",
    PetitionClass.GRIEVANCE: "고충민원",
}

CHANNEL_LABELS_KO: dict[VoiceChannel, str] = {
    VoiceChannel.PORTAL: "누리집",
    VoiceChannel.COUNTER: "창구",
    VoiceChannel.PHONE: "전화",
    VoiceChannel.EMAIL: "전자우편",
    VoiceChannel.LETTER: "우편",
    VoiceChannel.SMS: "문자",
    VoiceChannel.API: "연계",
    VoiceChannel.IMPORT: "일괄 등록",
}

OUTCOME_LABELS_KO: dict[Outcome, str] = {
    Outcome.NONE: "처리 중",
    Outcome.ANSWERED: "답변",
    Outcome.UNABLE: "처리 불가",
    Outcome.WITHDRAWN: "취하",
    Outcome.TRANSFERRED: "이송",
}
