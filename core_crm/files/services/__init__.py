"""Taking files in."""

from core_crm.files.services.storing import file_store

__all__ = ["file_store"]
