"""Table -> which of its columns are about persons. Our models say it themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenants.personal import STAYS, Told, told

# Libraries' tables. Log-ins, second factors and links to other sign-ons are secrets of people.
_LIBRARIES = {
    "django_session": STAYS,
    "account_emailaddress": told(email="email"),
    "account_emailconfirmation": STAYS,
    "socialaccount_socialapp": STAYS,
    "socialaccount_socialapp_sites": STAYS,
    "socialaccount_socialaccount": STAYS,
    "socialaccount_socialtoken": STAYS,
    "mfa_authenticator": STAYS,
}
_WORDS = (models.CharField, models.TextField, models.JSONField, ArrayField, models.FileField)


def city_models() -> Iterator[type[models.Model]]:
    """Every model with a table in a city's schema."""
    names = set(settings.TENANT_APPS)
    for config in apps.get_app_configs():
        if config.name in names:
            yield from config.get_models(include_auto_created=True)


def told_tables() -> dict[str, Told]:
    """What is known of the tables; one that nobody told of is left out."""
    found = dict(_LIBRARIES)
    for model in city_models():
        said = vars(model).get("personal")
        if isinstance(said, Told):
            found[model._meta.db_table] = said
    return found


def untold() -> list[str]:
    """`table.column` that can hold words and of which nobody said whose they are, and typos."""
    known = told_tables()
    return sorted(
        f"{model._meta.db_table}.{column}"
        for model in city_models()
        for column in _unclear(model, known.get(model._meta.db_table, told()))
    )


def _unclear(model: type[models.Model], said: Told) -> set[str]:
    if said.stays:
        return set()
    mine = {str(field.column): field for field in model._meta.local_concrete_fields}
    words = {name for name, field in mine.items() if _holds_words(field)}
    named = set(said.columns) | set(said.nobodys)
    return (words - named) | (named - set(mine)) | (set(said.columns) & set(said.nobodys))


def _holds_words(field: models.Field[object, object]) -> bool:
    return isinstance(field, _WORDS) and not field.is_relation
