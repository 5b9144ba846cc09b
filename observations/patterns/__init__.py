"""What an observer's own observations add up to, for nobody but them."""
