from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "practicelens.jobs"
    label = "jobs"
