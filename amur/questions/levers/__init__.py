"""What can be done, by whom? Each actor's levers, alone and together, against that actor's own aims and costs."""
