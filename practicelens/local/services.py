"""PostgreSQL and the broker for as long as someone here needs them.

Any number of commands share one pair. The first starts it, the last one stops it; what a killed
command left running is taken over by the next. Where DATABASE_URL or REDIS_URL is set, that
service is someone else's care and nothing is started for it.
"""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import broker, postgres
from .locks import alone, together


@dataclass(frozen=True)
class Services:
    """The pair whose data, logs and notes are kept in `home`."""

    home: Path
    careless: bool = False

    @property
    def cluster(self):
        return postgres.Cluster(self.home, self.careless)

    @property
    def broker(self):
        return broker.Broker(self.home)

    def start(self):
        if "DATABASE_URL" not in os.environ:
            postgres.start(self.cluster)
        if "REDIS_URL" not in os.environ:
            broker.start(self.broker)

    def stop(self):
        broker.stop(self.broker)
        postgres.stop(self.cluster)

    def addresses(self, database="practicelens", number=0):
        """The variables by which the project finds them."""
        found = {}
        if "DATABASE_URL" not in os.environ:
            postgres.ensure_database(self.cluster, database)
            found["DATABASE_URL"] = self.cluster.url(database)
        if "REDIS_URL" not in os.environ:
            found["REDIS_URL"] = self.broker.url(number)
        return found

    def product_addresses(self, database="practicelens", number=0):
        """The variables for running the product, under a role that owns nothing; the owner migrates."""
        found = self.addresses(database, number)
        if "DATABASE_URL" in found:
            postgres.ensure_product_role(self.cluster)
            found["DATABASE_OWNER_URL"] = found["DATABASE_URL"]
            found["DATABASE_URL"] = self.cluster.product_url(database)
        return found

    def silent(self):
        """The names of those that have ended though they are needed."""
        names = []
        if "DATABASE_URL" not in os.environ and not postgres.running(self.cluster):
            names.append("PostgreSQL")
        if "REDIS_URL" not in os.environ and not broker.running(self.broker):
            names.append("the broker")
        return names


@contextmanager
def needed(services):
    """Have the services up inside the block."""
    change = services.home / "services.lock"
    with together(services.home / "users.lock") as last:
        try:
            with alone(change):
                services.start()
            yield services
        finally:
            with alone(change):
                if last():
                    services.stop()
