"""The system book: the documentation of the model, made from its declarations."""
