"""Addresses of the documents' schemas, on every host that answers programs and editors."""

from django.urls import path

from sodam.api.schemas import DocumentSchema, OneDocumentSchema

urlpatterns = [
    path("<slug:kind>.json", DocumentSchema.as_view(), name="api_schema"),
    path("<slug:kind>/<slug:code>.json", OneDocumentSchema.as_view(), name="api_schema_one"),
]
