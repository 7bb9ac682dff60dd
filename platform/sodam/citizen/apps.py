from django.apps import AppConfig


class CitizenFaceConfig(AppConfig):
    name = "sodam.citizen"
    label = "face_citizen"
