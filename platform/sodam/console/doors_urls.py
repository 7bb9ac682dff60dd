"""Addresses of `localhost`: the list of doors, and the API's documents."""

from django.urls import path

from sodam.console.doors import doors
from sodam.ui.display import display

urlpatterns = [
    path("", doors, name="doors"),
    path("display", display, name="display"),
]
