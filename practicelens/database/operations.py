"""What Django's backend for PostgreSQL does, with statements put together by our compiler."""

from django.db.backends.postgresql import operations


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "practicelens.database.compiler"
