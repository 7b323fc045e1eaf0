"""The dialog engine: forms as data, and turns as a pure function."""
