"""What to do when one is worried about someone now, and that it was done. It takes no words."""
