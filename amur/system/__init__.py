"""The system: the relationship as a model that runs, one quarter at a time.

``state`` says what is tracked, ``forcings`` what comes from outside, ``decisions`` what the actors choose,
``mechanisms`` how one quarter becomes the next, ``flows`` settles the books, and ``step`` puts them in order.
"""

from amur.system.memory import keep_freed

keep_freed()  # before JAX starts threads, which would have heaps of their own
