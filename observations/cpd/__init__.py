"""A practitioner's own CPD notes for their record of continuing professional development."""
