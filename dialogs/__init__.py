"""How the assistant talks and understands: the engine, the forms, the readers, the phrases.

Everything here is pure: no clock, network, disk, environment or randomness once the tables are loaded.
"""
