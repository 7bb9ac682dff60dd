from django.apps import AppConfig


class ConsoleFaceConfig(AppConfig):
    name = "sodam.console"
    label = "face_console"
