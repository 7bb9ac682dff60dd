from django.apps import AppConfig


class ApiFaceConfig(AppConfig):
    name = "sodam.api"
    label = "face_api"
