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
from core_crm.common.custom_fields.reading import (
    NEEDED,
    Asking,
    Given,
    is_asked,
    is_needed,
    may_be_asked,
    ordered_choices,
    read_each,
    read_fields,
)
from core_crm.common.custom_fields.showing import Shown, masked_value, shown_fields, value_text

__all__ = [
    "NEEDED",
    "Asking",
    "CustomField",
    "FieldChoice",
    "FieldType",
    "FormDefinition",
    "Given",
    "Mask",
    "PersonalData",
    "Shown",
    "is_asked",
    "is_needed",
    "masked_value",
    "may_be_asked",
    "ordered_choices",
    "predicate_fields_of",
    "read_each",
    "read_fields",
    "shown_fields",
    "value_text",
    "values_asked_of",
]
