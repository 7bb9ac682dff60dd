"""Taking files in, handing them over, taking them away."""

from core_crm.files.services.handing import file_delete, files_hand_over
from core_crm.files.services.storing import file_store

__all__ = ["file_delete", "file_store", "files_hand_over"]
