"""Loads in small steps what drawing needs, so that whoever does it beforehand can stop between two of them."""

from collections.abc import Iterator


def steps() -> Iterator[None]:
    """One step of loading each time; the whole takes about a second of a worker's thread."""
    import soloflow.insights.numbers

    yield

    yield
    import matplotlib.colors

    yield
    import matplotlib.figure

    yield
    import matplotlib.backends.backend_agg  # noqa: F401

    yield
    from soloflow.charts.export import rehearse

    yield
    import soloflow.charts.raster  # noqa: F401

    yield
    rehearse()
    yield
