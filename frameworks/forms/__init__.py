"""What admins type."""
