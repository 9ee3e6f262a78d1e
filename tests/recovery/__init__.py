"""Recovery: how long work stands still after a death, measured with the windows an operator has by default."""
