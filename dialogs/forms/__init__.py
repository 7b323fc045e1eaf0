"""The forms people fill in, as data."""
