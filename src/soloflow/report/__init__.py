"""The monthly report on paper: what it says in, PDF or HTML out. The only room with typst.

The same `Report` makes both, so that they cannot say different things. Nothing here knows where a figure comes from.
"""
