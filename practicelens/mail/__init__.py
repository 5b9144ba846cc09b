"""Mail waits in the database until the mail server takes it. It never quotes an observation."""
