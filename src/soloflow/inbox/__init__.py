"""A mailbox in, inquiries out."""
