"""Questions and their concepts: load, validate, draft."""
