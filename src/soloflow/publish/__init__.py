"""A built folder in, somewhere else out: plan, manifest, folder and git."""
