"""Third parties: asking them about a case, news to the customer while they are awaited, and their answers."""
