"""A codebook's draft changes: tried on past observations, and started."""
