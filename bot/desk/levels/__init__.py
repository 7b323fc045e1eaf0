"""Service levels: what is promised for each severity, when each promise falls due, and what is said before it does."""
