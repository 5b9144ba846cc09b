"""Outside standards, their clauses, and the criteria linked to them."""
