"""A codebook's themes: written, merged, split and retired."""
