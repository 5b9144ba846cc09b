"""Single sightings that may matter, until someone says what becomes of them."""
