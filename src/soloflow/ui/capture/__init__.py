"""The parts of the capture window."""
