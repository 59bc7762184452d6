"""The model a second time: slow, plain Python, one member and one quarter at a time, written from the book alone.

Nothing here is taken from the code that it is compared with, except the tables (names, bounds, starts, options,
lines). See ``step.py`` for the order of a quarter and ``groups.py`` for how the mechanisms are told apart.
"""
