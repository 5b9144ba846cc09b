"""Asking for cells to be counted again."""

from django.db import connection

from observations.models import DirtyCell


def recount_observation(observation):
    """Every cell that an observation is counted in is to be counted again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO observations_dirtycell (unit_id, month, criterion_id, theme_id)
            SELECT unit_id, month, criterion_id, NULL FROM observations_rating
             WHERE observation_id = %(pk)s
            UNION
            SELECT unit_id, month, NULL, theme_id FROM observations_mention
             WHERE observation_id = %(pk)s
            """,
            {"pk": observation.pk},
        )


def recount_mentions(mentions):
    """The theme cells of these mentions are to be counted again."""
    cells = {(mention.unit_id, mention.month, mention.theme_id) for mention in mentions}
    DirtyCell.objects.bulk_create(
        DirtyCell(unit_id=unit, month=month, theme_id=theme) for unit, month, theme in sorted(cells)
    )
