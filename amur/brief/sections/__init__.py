"""The sections of the brief, one module each: what it asks of the record and how it says it."""
