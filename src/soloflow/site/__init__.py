"""Site content in, a folder of pages out: themes, build, check and preview."""
