"""Questions of leaders on passages of an issued briefing, answered in their threads."""
