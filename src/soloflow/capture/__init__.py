"""What people bring: one-line entry, vCard, CSV dialects, matching. Bytes or text in, candidates out."""
