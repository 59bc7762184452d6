"""The system: the relationship as a model that runs, one quarter at a time.

``state`` says what is tracked, ``forcings`` what comes from outside, ``decisions`` what the actors choose,
``mechanisms`` how one quarter becomes the next, ``flows`` settles the books, and ``step`` puts them in order.
"""
