from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "practicelens.people"
    label = "people"
