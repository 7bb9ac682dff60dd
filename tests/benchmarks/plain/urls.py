"""One address for each yardstick."""

from __future__ import annotations

from django.urls import path

from tests.benchmarks.plain import views

urlpatterns = [
    path("one/<str:ref>", views.one),
    path("inbox", views.inbox),
    path("bare", views.bare),
]
