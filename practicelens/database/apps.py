from django.apps import AppConfig
from django.core.checks import Tags, register

from .checks import words_may_be_logged


class DatabaseConfig(AppConfig):
    name = "practicelens.database"
    label = "database"

    def ready(self):
        register(words_may_be_logged, Tags.database)
