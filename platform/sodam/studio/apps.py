from django.apps import AppConfig


class StudioFaceConfig(AppConfig):
    name = "sodam.studio"
    label = "face_studio"
