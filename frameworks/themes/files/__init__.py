"""A codebook as a file: CSV, and the codebook of the REFI-QDA exchange standard."""
