import io
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from observations.coding import checking
from observations.coding.learning import train
from observations.engine import sentence_reader

SHIPPED = settings.BASE_DIR / "frameworks" / "starters" / "concerns.toml"


class Command(BaseCommand):
    help = (
        "Suggests themes and stance for passages, one JSON object a line, from standard input to "
        "standard output. It uses no database. See docs/checking-on-your-own-text.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--codebook",
            default=SHIPPED,
            type=Path,
            help='a JSON list of {"name", "description", "keywords", "examples"}, or a starter in '
            "TOML; without it, the one that comes with the product",
        )
        parser.add_argument(
            "--confirmed",
            type=Path,
            help='texts that people coded, one {"text", "labels"} a line, to learn from first',
        )
        parser.add_argument(
            "--model", type=Path, help="where to write what was learned, as readable JSON"
        )

        parser.add_argument(
            "--words-alone",
            action="store_true",
            help="leave out the sentence model, where there is one",
        )

    def handle(self, *, codebook, confirmed, model, words_alone=False, **options):
        reader = None if words_alone else sentence_reader()
        if not reader:
            self.stderr.write("No sentence model reads: by words alone.")
        try:
            themes = checking.read_codebook(file(codebook), codebook.name, reader)
            learned = learned_from(themes, confirmed)
            if learned and model:
                model.write_text(learned.to_json(), encoding="utf-8")
            for key, text in checking.read_passages(standard_input(), "passages"):
                self.stdout.write(checking.mentions_line(key, text, themes, learned))
        except (checking.WrongLine, OSError) as error:
            raise CommandError(str(error)) from error
        except UnicodeDecodeError as error:
            raise CommandError(f"This is not text in UTF-8: {error}") from error


def learned_from(codebook, path):
    if path is None:
        return None
    # Not splitlines: a line of JSON may hold other separators, such as U+2028.
    lines = file(path).split("\n")
    return train(codebook, checking.read_confirmed(lines, codebook, path.name))


def file(path):
    return path.read_text(encoding="utf-8-sig")


def standard_input():
    """Standard input as UTF-8, whatever the machine's own encoding."""
    if buffer := getattr(sys.stdin, "buffer", None):
        return io.TextIOWrapper(buffer, encoding="utf-8-sig", newline="\n")
    return sys.stdin
