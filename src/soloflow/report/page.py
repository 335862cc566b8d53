"""A report as one HTML file: style and drawings inside, nothing to load, good on a screen and on paper."""

import re
from collections.abc import Iterable
from html import escape

from soloflow import resources
from soloflow.report.content import Figure, Listing, Picture, Report, Section, Table

_SVG = re.compile(r"<svg\b[^>]*>", re.DOTALL)
Dark = tuple[tuple[str, str], ...]
_COUNTED = re.compile(r"(?:あと)?[0-9][0-9,.]*[社件日回円％]")
_OUTER_SIZE = re.compile(r'\s(?:width|height)="[^"]*"')


def html(report: Report) -> str:
    """The whole document."""
    style = resources.path("report", "monthly.css").read_text(encoding="utf-8")
    sections = [_section(section, report.dark) for section in report.sections]
    body = "\n".join([_head(report), *sections, _terms(report), _foot(report)])
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(report.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_full_title(report))}</title>\n<style>\n{style}{_night(report)}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _full_title(report: Report) -> str:
    return f"{report.kind} {report.title}"


def _night(report: Report) -> str:
    """What the colours of the drawings become where the screen is dark; paper stays light."""
    colours = " ".join(f"{_variable(light)}: {dark};" for light, dark in report.dark)
    return f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {colours} }} }}\n" if colours else ""


def _variable(colour: str) -> str:
    return f"--drawn-{colour.removeprefix('#').lower()}"


def _head(report: Report) -> str:
    maker = f'<span class="maker">{escape(report.maker)}</span>' if report.maker else ""
    return (
        f'<header>\n<p class="kind"><span>{escape(report.kind)}</span>{maker}</p>\n<h1>{escape(report.title)}</h1>\n'
        f'<p class="rests-on"><span>{escape(report.rests_on)}</span><span>{escape(report.made)}</span></p>\n'
        f"{_paragraphs(report.answer, 'answer')}{_paragraphs(report.lines, 'line')}</header>"
    )


def _paragraphs(texts: Iterable[str], kind: str) -> str:
    return "".join(f'<p class="{kind}">{_unbroken(text)}</p>\n' for text in texts)


def _unbroken(text: str) -> str:
    """As HTML; a number and what it counts stay in one line."""
    return _COUNTED.sub(r'<span class="unbroken">\g<0></span>', escape(text))


def _section(section: Section, dark: Dark) -> str:
    picture = _picture(section.picture, dark) if section.picture else ""
    table = _table(section.table) if section.table else ""
    figures = f'<div class="figures">{"".join(map(_figure, section.figures))}</div>\n' if section.figures else ""
    if section.is_picture_beside:
        body = f'<div class="beside half"><div>{table}{figures}</div>{picture}</div>\n'
    else:
        body = (f'<div class="beside">{table}{figures}</div>\n' if figures else table) + picture
    parts = [
        _paragraphs(section.sentences, "sentence"),
        body,
        f'<div class="listings">{"".join(map(_listing, section.listings))}</div>\n' if section.listings else "",
        _paragraphs(section.notes, "note"),
    ]
    kind = ' class="opens-page"' if section.opens_page else ""
    return f"<section{kind}>\n<h2>{escape(section.title)}</h2>\n{''.join(parts)}</section>"


def _picture(picture: Picture, dark: Dark) -> str:
    start = picture.svg.index("<svg")  # what stands before it is for files of their own
    svg = picture.svg[start:].strip()
    opening = _SVG.match(svg)
    assert opening is not None
    drawn = svg[opening.end() :]
    for light, _dark in dark:
        drawn = drawn.replace(f": {light.lower()}", f": var({_variable(light)}, {light.lower()})")
    # The view box keeps the shape; the page gives the width.
    tag = _OUTER_SIZE.sub("", opening.group())[:-1] + f' role="img" aria-label="{escape(picture.words)}">'
    return f'<div class="picture">{tag}{drawn}</div>\n'


def _figure(one: Figure) -> str:
    return (
        f'<div class="figure"><p class="figure-title">{escape(one.title)}</p><p class="value">{escape(one.value)}'
        f'<span class="unit">{escape(one.unit)}</span></p><p class="note">{escape(one.rests_on)}</p></div>\n'
    )


def _table(table: Table) -> str:
    heads = "".join(_cell("th", head, place, table, ' scope="col"') for place, head in enumerate(table.heads))
    rows = "".join(
        "<tr>"
        + "".join(
            _cell("td" if place else "th", text, place, table, "" if place else ' scope="row"')
            for place, text in enumerate(row)
        )
        + "</tr>\n"
        for row in table.rows
    )
    kind = ' class="words"' if table.is_text else ' class="narrow"' if table.is_narrow else ""
    return (
        f'<div class="wide"><table{kind}>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n'
    )


def _cell(tag: str, text: str, place: int, table: Table, more: str) -> str:
    strong = ' class="strong"' if place == table.strong else ""
    return f"<{tag}{more}{strong}>{escape(text)}</{tag}>"


def _listing(listing: Listing) -> str:
    entries = "".join(
        f"<li><span>{escape(one.name)}</span><span>{escape(one.count)}</span>"
        + (f"<small>{escape(one.who)}</small>" if one.who else "")
        + "</li>\n"
        for one in listing.entries
    )
    said = f"<ul>\n{entries}</ul>" if entries else f'<p class="note">{escape(listing.none)}</p>'
    return f"<div><h3><span>{escape(listing.title)}</span><span>{escape(listing.total)}</span></h3>{said}</div>\n"


def _terms(report: Report) -> str:
    terms = "".join(f"<div><dt>{escape(one.name)}</dt><dd>{escape(one.words)}</dd></div>\n" for one in report.terms)
    return f'<section class="terms">\n<h2>{escape(report.terms_title)}</h2>\n<dl>\n{terms}</dl>\n</section>'


def _foot(report: Report) -> str:
    return f"<footer><span>{escape(_full_title(report))}</span><span>{escape(report.made)}</span><span>SoloFlow</span></footer>"
