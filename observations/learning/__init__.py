"""What the coding learns from people's decisions, and how right it has been."""
