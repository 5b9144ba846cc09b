"""Mail that waits in the database until the mail server takes it. It never says what is in a note."""
