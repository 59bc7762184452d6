"""What worker processes do: a function to each kind of task, told what is asked and how to tell how far it is."""
