"""What operations know of persons, taken out when their city is erased. The log itself stays."""

from __future__ import annotations

from django.db import transaction

from tenants.models import Operation

OF_PERSONS = frozenset(
    {"admin_email", "admin_name", "contacts", "invitation_url", "invitation_expires_at"}
)


@transaction.atomic
def operations_forget_persons(city_code: str) -> int:
    """In arguments and results of this city's operations; how many were changed. By the owner."""
    changed = 0
    for row in Operation.objects.select_for_update().filter(city_code=city_code):
        arguments = {name: value for name, value in row.arguments.items() if name not in OF_PERSONS}
        result = {name: value for name, value in row.result.items() if name not in OF_PERSONS}
        if (arguments, result) != (row.arguments, row.result):
            row.arguments, row.result = arguments, result
            row.save(update_fields=["arguments", "result"])
            changed += 1
    return changed
