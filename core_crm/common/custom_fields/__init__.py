"""Custom fields (덧붙인 항목): what a city asks beyond the standard, as a document, no migration.

Values lie in a JSON column under the fields' codes. Pure: rooms bring the form and the values.
"""

from core_crm.common.custom_fields.asking import predicate_fields_of, values_asked_of
from core_crm.common.custom_fields.definition import (
    CustomField,
    FieldChoice,
    FieldType,
    FormDefinition,
    Mask,
    PersonalData,
)

__all__ = [
    "CustomField",
    "FieldChoice",
    "FieldType",
    "FormDefinition",
    "Mask",
    "PersonalData",
    "predicate_fields_of",
    "values_asked_of",
]
