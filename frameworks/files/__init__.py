"""A framework version as a file: JSON or a spreadsheet, out and in (docs/framework-file.md)."""
