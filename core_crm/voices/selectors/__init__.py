"""Reads of voices: one, a list, a conversation, a clock, the catalogue."""

from core_crm.common.addresses import public_url
from core_crm.voices.selectors.catalogue import (
    category_get,
    category_list,
    service_get,
    service_list,
)
from core_crm.voices.selectors.clock import adjustments_of, clock_of, due_of
from core_crm.voices.selectors.conversation import draft_of, thread_of, transitions_of
from core_crm.voices.selectors.duties import (
    voice_list_overdue,
    voices_needing_progress_notice,
    voices_open,
)
from core_crm.voices.selectors.finding import (
    voice_by_contact,
    voice_by_tracking,
    voice_get,
    voices_of,
)
from core_crm.voices.selectors.histories import voice_histories
from core_crm.voices.selectors.inbox import inbox, inbox_size
from core_crm.voices.selectors.links import tracking_token, tracking_url
from core_crm.voices.selectors.listing import voice_list
from core_crm.voices.selectors.migration import MovingGroup, moving_groups, running_versions
from core_crm.voices.selectors.numbers import public_numbers
from core_crm.voices.selectors.presence import presence_many, presence_of
from core_crm.voices.selectors.procedure import (
    allowed_actions,
    status_label,
    step_words,
    workflow_of,
    workflow_of_city,
)
from core_crm.voices.selectors.publication import (
    board_choices,
    board_counts,
    board_entries,
    board_entry,
    board_entry_stamp,
    board_front,
    board_moments,
    board_page,
    board_stamp,
    entry_id_of,
    entry_of,
    moments_of,
    preview_of,
    publication_of,
)
from core_crm.voices.selectors.publication_queue import moderation_counts, moderation_queue
from core_crm.voices.selectors.publication_text import (
    certain,
    personal_data_of,
    state_of,
    suggestion_for,
    tidied,
)
from core_crm.voices.selectors.stays import StateAim, state_aim
from core_crm.voices.selectors.tried_out import (
    TriedOut,
    VoiceUse,
    has_answered,
    tried_out,
    voice_tried_out,
    voice_use,
)
from core_crm.voices.selectors.views import inbox_counts
from core_crm.voices.selectors.visibility import may_see, visible_to

__all__ = [
    "MovingGroup",
    "StateAim",
    "TriedOut",
    "VoiceUse",
    "adjustments_of",
    "allowed_actions",
    "board_choices",
    "board_counts",
    "board_entries",
    "board_entry",
    "board_entry_stamp",
    "board_front",
    "board_moments",
    "board_page",
    "board_stamp",
    "category_get",
    "category_list",
    "certain",
    "clock_of",
    "draft_of",
    "due_of",
    "entry_id_of",
    "entry_of",
    "has_answered",
    "inbox",
    "inbox_counts",
    "inbox_size",
    "may_see",
    "moderation_counts",
    "moderation_queue",
    "moments_of",
    "moving_groups",
    "personal_data_of",
    "presence_many",
    "presence_of",
    "preview_of",
    "public_numbers",
    "public_url",
    "publication_of",
    "running_versions",
    "service_get",
    "service_list",
    "state_aim",
    "state_of",
    "status_label",
    "step_words",
    "suggestion_for",
    "thread_of",
    "tidied",
    "tracking_token",
    "tracking_url",
    "transitions_of",
    "tried_out",
    "visible_to",
    "voice_by_contact",
    "voice_by_tracking",
    "voice_get",
    "voice_histories",
    "voice_list",
    "voice_list_overdue",
    "voice_tried_out",
    "voice_use",
    "voices_needing_progress_notice",
    "voices_of",
    "voices_open",
    "workflow_of",
    "workflow_of_city",
]
