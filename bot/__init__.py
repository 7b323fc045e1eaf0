"""What the assistant does: the desk's rules, turns, delivery, settings and the command line."""
