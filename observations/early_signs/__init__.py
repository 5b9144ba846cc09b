"""Single sightings that may matter, until somebody says what becomes of them."""
