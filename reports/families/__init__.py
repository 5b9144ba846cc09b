"""What families said: counted, told to leaders, and taken back out of everything."""
