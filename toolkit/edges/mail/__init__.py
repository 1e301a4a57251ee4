"""The line to the mail server, and the letters on it."""
