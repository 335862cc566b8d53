"""One module per thing a user wants; the only layer that combines the rooms below."""
