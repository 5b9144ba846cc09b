from django.db import migrations

from practicelens.line_ends import mend

# What was issued stays as it is, to the letter.
TEXTS = {
    "Briefing": ("issued_at", ["title", "confidence", "know", "how", "doing"]),
    "Section": ("briefing__issued_at", ["heading", "text"]),
    "Finding": ("briefing__issued_at", ["claim", "text", "sure_because", "looked"]),
    "Recommendation": ("briefing__issued_at", ["question", "what", "cost"]),
}


def end_lines_one_way(apps, schema_editor):
    for name, (issued_at, texts) in TEXTS.items():
        model = apps.get_model("reports", name)
        unissued = model.objects.filter(**{f"{issued_at}__isnull": True}).values("pk")
        mend(model.objects.filter(pk__in=unissued), *texts)
    mend(apps.get_model("reports", "Decision").objects.all(), "reason", "became")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0013_cells_without_keys"),
        ("observations", "0019_one_line_end"),
    ]

    operations = [migrations.RunPython(end_lines_one_way, migrations.RunPython.noop)]
