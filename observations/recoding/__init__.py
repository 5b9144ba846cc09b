"""Past observations coded again after a change, and what waits for a person."""
