"""The kinds of operation that an archive is for, and what the nights ask for by themselves."""

from __future__ import annotations

from tenants.provisioning.archive.backup_steps import backup_steps, export_steps
from tenants.provisioning.archive.leaving_steps import close_steps, erase_steps, switch_steps
from tenants.provisioning.archive.restore_steps import restore_steps
from tenants.provisioning.archive.schedule import backups_ask, trials_ask
from tenants.provisioning.archive.trial_steps import trial_steps
from tenants.provisioning.operations import register_operation, register_schedule
from tenants.types import OperationKind

register_operation(OperationKind.BACKUP, backup_steps)
register_operation(OperationKind.TEST_RESTORE, trial_steps)
register_operation(OperationKind.RESTORE, restore_steps)
register_operation(OperationKind.SWITCH, switch_steps)
register_operation(OperationKind.EXPORT, export_steps)
register_operation(OperationKind.CLOSE, close_steps)
register_operation(OperationKind.ERASE, erase_steps, stands_when_failed=True)

register_schedule("archive.backups", backups_ask)
register_schedule("archive.trials", trials_ask)
