"""How good the model is: hindcasts, turning points, decisions and ablations, scored against simple forecasters."""
