"""What the assistant remembers: tables, unit of work, inbox, outbox, timers, migrations."""
