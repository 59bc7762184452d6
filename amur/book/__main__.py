"""``python -m amur.book``: publish the system for surfaces that do not load the model."""

from amur.book.catalogue import catalogue
from amur.book.published import publish

print(publish(catalogue()))
