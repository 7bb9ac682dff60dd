from django.apps import AppConfig


class MinistryFaceConfig(AppConfig):
    name = "sodam.ministry"
    label = "face_ministry"
