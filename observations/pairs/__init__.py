"""Two observers of one occasion."""
