"""Text that goes out to a spreadsheet, where it must not run."""

import csv
from io import StringIO

# A spreadsheet would run text that begins like this.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell):
    """Text that no spreadsheet takes for a formula; numbers as they are."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def as_meant(cell):
    """The text of a cell that was made harmless, as it was before."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(STARTS_A_FORMULA) else cell


def harmless_csv(head, rows):
    """A heading and rows as the bytes of a CSV file, of which no cell runs."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode(
        "utf-8-sig"
    )  # without its mark a spreadsheet does not read macrons
