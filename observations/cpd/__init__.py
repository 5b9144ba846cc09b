"""A practitioner's own notes for their record of continuing professional development."""
