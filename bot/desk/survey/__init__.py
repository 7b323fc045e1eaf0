"""What a customer thought of how their case was resolved: asked once, answered with one tap or a word."""
