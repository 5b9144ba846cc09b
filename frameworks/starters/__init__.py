"""What comes with PracticeLens, and how it is loaded."""
