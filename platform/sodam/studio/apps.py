from importlib import import_module

from django.apps import AppConfig


class StudioFaceConfig(AppConfig):
    name = "sodam.studio"
    label = "face_studio"

    def ready(self) -> None:
        guide = import_module("sodam.studio.guide")
        import_module("sodam.ui.guides").register(guide.guide_steps)
