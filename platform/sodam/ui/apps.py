from django.apps import AppConfig


class UiFaceConfig(AppConfig):
    name = "sodam.ui"
    label = "face_ui"
