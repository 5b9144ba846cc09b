"""Planning visits: before anything is seen, with whoever is seen."""
