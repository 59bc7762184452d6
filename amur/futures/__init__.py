"""Futures: many possible continuations of the relationship, drawn once and shared between questions.

``shocks`` draws the luck, ``processes`` the outside world, ``simulate`` runs the model through both, ``pair`` sets
a future beside its twin under an intervention, ``store`` writes ensembles that do not fit in memory.
"""
