"""How support is doing, in pictures and numbers."""
