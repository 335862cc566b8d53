"""Results in, matplotlib figures out: the window, the report, the command line and the README use the same ones."""
