"""Addresses of the REST API, below `/api/` on a city's host."""

from django.urls import include, path

from sodam.api.catalogue import CategoryCollection, DepartmentCollection, ServiceCollection
from sodam.api.citizens import CitizenCollection, CitizenFinder, CitizenItem
from sodam.api.imports import ImportCollection, ImportItem
from sodam.api.openapi import OpenApiDocument, Reference
from sodam.api.organisations import OrganisationCollection, OrganisationItem
from sodam.api.segments import SegmentCollection, SegmentItem
from sodam.api.voice_fields import VoiceFieldCollection
from sodam.api.voices import VoiceCollection, VoiceItem

urlpatterns = [
    path("v1/voices", VoiceCollection.as_view(), name="api_voices"),
    path("v1/voices/<str:ref_or_id>", VoiceItem.as_view(), name="api_voice"),
    path("v1/voice-fields", VoiceFieldCollection.as_view(), name="api_voice_fields"),
    path("v1/categories", CategoryCollection.as_view(), name="api_categories"),
    path("v1/services", ServiceCollection.as_view(), name="api_services"),
    path("v1/departments", DepartmentCollection.as_view(), name="api_departments"),
    path("v1/citizens", CitizenCollection.as_view(), name="api_citizens"),
    path("v1/citizens/search", CitizenFinder.as_view(), name="api_citizen_search"),
    path("v1/citizens/<uuid:citizen_id>", CitizenItem.as_view(), name="api_citizen"),
    path("v1/organisations", OrganisationCollection.as_view(), name="api_organisations"),
    path(
        "v1/organisations/<uuid:organisation_id>",
        OrganisationItem.as_view(),
        name="api_organisation",
    ),
    path("v1/imports", ImportCollection.as_view(), name="api_imports"),
    path("v1/imports/<uuid:batch_id>", ImportItem.as_view(), name="api_import"),
    path("v1/segments", SegmentCollection.as_view(), name="api_segments"),
    path("v1/segments/<slug:code>", SegmentItem.as_view(), name="api_segment"),
    path("v1/schemas/", include("sodam.api.schema_urls")),
    path("v1/openapi.json", OpenApiDocument.as_view(), name="api_openapi"),
    path("docs", Reference.as_view(), name="api_docs"),
]
