from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "practicelens.mail"
    label = "mail"
