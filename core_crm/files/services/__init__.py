"""Taking files in, handing them over, taking them back."""

from core_crm.files.services.forgetting import files_forget_unfiled
from core_crm.files.services.storing import file_delete, file_store, files_hand_over

__all__ = ["file_delete", "file_store", "files_forget_unfiled", "files_hand_over"]
