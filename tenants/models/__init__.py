"""The platform's own tables, in the shared schema."""

from tenants.models.backups import Backup
from tenants.models.cities import City, Host
from tenants.models.notices import PlatformNotice
from tenants.models.operations import Operation, OperationLine, OperationStep
from tenants.models.regions import Region, RegionCode, RegionPopulation

__all__ = [
    "Backup",
    "City",
    "Host",
    "Operation",
    "OperationLine",
    "OperationStep",
    "PlatformNotice",
    "Region",
    "RegionCode",
    "RegionPopulation",
]
