"""The pages, one module each: a ``router`` with the pages, their JSON, and what they offer to download."""
