"""The log of stage transitions becomes numbers: frozen results out, no drawing, no storage.

Start at `numbers.compute`. `log` holds what was read, `reduction` what follows from it at an instant, and every other
module one family of figures.
"""
