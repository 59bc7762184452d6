"""Decisions coded by quarter from dated events: the rules, their reading, and a second coder."""
