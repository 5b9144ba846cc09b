"""Searching the archive: the list of the newest that have the words, and every match ranked."""

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from tests.bench.frame import head
from tests.bench.timing import judged, milliseconds, slowest_in_twenty

# Rare words and common ones, alone and together.
SEARCHES = [
    "interpreter",
    "bus late",
    "kitchen",
    "school gate",
    "Mum",
    "panel wait",
    "own words",
    "chronology copied",
    "laughed",
    '"foster carer"',
    "supervision guessed",
    "grandfather stairs",
]
AT_MOST = {1_000_000: 0.5}

RANK_EVERYTHING = """
SELECT id, ts_headline('english', text, query)
  FROM (SELECT id, text, query, ts_rank(search, query) AS rank
          FROM observations_passage, websearch_to_tsquery('english', %s) AS query
         WHERE is_counted AND search @@ query
         ORDER BY rank DESC, id DESC
         LIMIT 20) AS best
"""


def measure(databases, run):
    for size in run.sizes:
        with databases.of(size), override_settings(ALLOWED_HOSTS=["testserver"]):
            yield searched(size, run.times)


def searched(size, times):
    client = Client()
    client.force_login(head())
    product(client, SEARCHES[0])
    products, references = [], []
    for words in SEARCHES * times:
        references.append(milliseconds(lambda words=words: rank_everything(words)))
        products.append(milliseconds(lambda words=words: product(client, words)))
    return judged(
        "search, page of the newest, to every match ranked (of 20 the slowest)",
        size,
        products,
        references,
        at_most=AT_MOST.get(size),
        middle=slowest_in_twenty,
    )


def product(client, words):
    response = client.get(reverse("observations:list"), {"words": words})
    assert response.status_code == 200


def rank_everything(words):
    with connection.cursor() as cursor:
        cursor.execute(RANK_EVERYTHING, [words])
        return cursor.fetchall()
