"""Databases of made-up observations, one for each size, dropped at the end."""

from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests.bench.data import fill
from tests.bench.frame import frame


class Databases:
    """One database for each size, made when it is first asked for."""

    def __init__(self):
        self.home = connection.settings_dict["NAME"]
        self.base = f"{self.home}_bench"
        self.made = {}

    def __enter__(self):
        self.create(self.base)
        with self.connected_to(self.base):
            call_command("migrate", verbosity=0)
            frame()
        return self

    def __exit__(self, *_):
        for name in [*self.made.values(), self.base]:
            self.administer("DROP DATABASE IF EXISTS {}", name)

    def create(self, name, template="template1"):
        self.administer("DROP DATABASE IF EXISTS {}", name)
        self.administer("CREATE DATABASE {} TEMPLATE {}", name, template)

    def administer(self, statement, *names):
        with self.connected_to(self.home), connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def connected_to(self, name):
        connection.close()
        before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before

    @contextmanager
    def of(self, size):
        """Connected to a database of so many observations."""
        if size not in self.made:
            self.made[size] = f"{self.base}_{size}"
            self.create(self.made[size], self.base)
            with self.connected_to(self.made[size]):
                fill(size)
        with self.connected_to(self.made[size]):
            yield
