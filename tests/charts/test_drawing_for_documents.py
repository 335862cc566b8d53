"""A drawing as SVG inside a document: text stays text, nothing is loaded, the bytes do not change."""

import xml.etree.ElementTree as ET

from soloflow.charts.colours import LIGHT
from soloflow.charts.export import as_svg
from soloflow.charts.fonts import families, folders
from soloflow.charts.paper import Paper


def drawn() -> str:
    paper = Paper(200, 100, LIGHT)
    paper.text(200, 20, "集客 <b> & 30", LIGHT.ink, side="right")
    paper.hatched_bar(10, 50, 80, 18)
    return as_svg(paper.finished())


def test_texts_are_text_and_escaped() -> None:
    texts = [one.text for one in ET.fromstring(drawn()).iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["集客 <b> & 30"]


def test_fonts_of_other_systems_stand_behind_our_own() -> None:
    text = drawn()
    assert text.index(families()[0]) < text.index("Yu Gothic") < text.index("sans-serif")


def test_two_drawings_are_the_same_to_the_byte_and_have_no_date() -> None:
    assert drawn() == drawn()
    assert "metadata" not in drawn()


def test_the_folders_hold_the_fonts() -> None:
    assert folders()
    assert all(
        any(file.suffix.lower() in (".ttf", ".ttc", ".otf") for file in folder.iterdir()) for folder in folders()
    )
