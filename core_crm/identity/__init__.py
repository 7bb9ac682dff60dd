"""How a government calls things, and how its pages look: two documents, asked by all faces."""

from core_crm.identity.cities import city_looks, city_words, looks_digest
from core_crm.identity.contrast import LEAST_FOR_TEXT, contrast
from core_crm.identity.palette import WHITE, is_readable, shades, weakest_contrast

__all__ = [
    "LEAST_FOR_TEXT",
    "WHITE",
    "city_looks",
    "city_words",
    "contrast",
    "is_readable",
    "looks_digest",
    "shades",
    "weakest_contrast",
]
