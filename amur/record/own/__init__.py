"""The user's own evidence: taking it in from files, and the overlay that holds it."""
