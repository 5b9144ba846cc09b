from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "practicelens.audit"
    label = "audit"
