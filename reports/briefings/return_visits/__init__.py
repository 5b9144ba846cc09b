"""Going back to see what a decision changed, and telling it."""
