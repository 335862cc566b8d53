"""The log in, numbers out: frozen results, no drawing."""
