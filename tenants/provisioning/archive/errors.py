"""What can be wrong with an archive, its key or its place."""

from __future__ import annotations

from tenants.errors import DomainError


class BackupKeyMissing(DomainError):
    """Nothing says for whom an archive is to be encrypted, or by what it may be read."""

    code = "backup.key_missing"


class BackupKeyWrong(DomainError):
    """The key at hand does not open this archive."""

    code = "backup.key_wrong"


class ArchiveMissing(DomainError):
    """There is no such file."""

    code = "backup.archive_missing"
    http_status = 404


class ArchiveThere(DomainError):
    """A file stands where the archive should be written."""

    code = "backup.archive_there"
    http_status = 409


class ArchiveTorn(DomainError):
    """The archive ends too early or is not what its manifest says: nothing of it was kept."""

    code = "backup.archive_torn"


class ArchiveTooNew(DomainError):
    """The archive was written by a newer Sodam than this one."""

    code = "backup.archive_too_new"


class CodeTaken(DomainError):
    """A city, a schema or a role of this code exists."""

    code = "backup.code_taken"
    http_status = 409


class CityBusy(DomainError):
    """The city's tables could not be held for a moment; nothing was changed."""

    code = "backup.city_busy"
    http_status = 409


class NotErasable(DomainError):
    """This city may not be erased as it stands."""

    code = "city.not_erasable"
    http_status = 409


class NotSwitchable(DomainError):
    """These two cannot change places."""

    code = "city.not_switchable"
    http_status = 409


class NotDeclared(DomainError):
    """A table of which nobody said whether it is about persons cannot go into a training copy."""

    code = "backup.not_declared"
