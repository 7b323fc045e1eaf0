"""What people mean: times, zones, phones, thanks, impact, language. Pure functions with typed results."""
