from django.apps import AppConfig


class StaffFaceConfig(AppConfig):
    name = "sodam.staff"
    label = "face_staff"
