"""Which cells are to be counted again."""

from django.db import connection

from observations.models import Mark


def mark_observation(observation):
    """Mark every cell that an observation is counted in."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO observations_mark (unit_id, month, criterion_id, theme_id)
            SELECT unit_id, month, criterion_id, NULL FROM observations_rating
             WHERE observation_id = %(pk)s
            UNION
            SELECT unit_id, month, NULL, theme_id FROM observations_mention
             WHERE observation_id = %(pk)s
            """,
            {"pk": observation.pk},
        )


def mark_mentions(mentions):
    """Mark the theme cells of these mentions."""
    cells = {(mention.unit_id, mention.month, mention.theme_id) for mention in mentions}
    Mark.objects.bulk_create(
        Mark(unit_id=unit, month=month, theme_id=theme) for unit, month, theme in sorted(cells)
    )
