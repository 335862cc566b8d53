"""Qt models: ids in the store's order, rows fetched when they become visible."""
