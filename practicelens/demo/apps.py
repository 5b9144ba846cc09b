from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "practicelens.demo"
    label = "demo"
