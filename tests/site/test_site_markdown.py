import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.site.markdown import to_html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](data:text/html,x)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "[x](//evil.example/)",
        "![x](https://evil.example/p.png)",
        '[x](https://a.example "\\" onclick=alert(1) ")',
        "[x][1]\n\n[1]: javascript:alert(1)",
        "| a |\n|---|\n| <script>x</script> |",
        "```\n<script>x</script>\n```",
        "`<script>`",
    ],
)
def test_nothing_that_acts_gets_through(text: str) -> None:
    assert dangers(to_html(text)) == []


@given(st.text(alphabet="<>\"'&[]()!`#*_:/\\ \n|-ajsx1.", max_size=60))
def test_no_mixture_of_signs_gets_through(text: str) -> None:
    assert dangers(to_html(text)) == []


def dangers(html: str) -> list[str]:
    """Elements and attributes of the parsed fragment that could run, load or hide something."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if element.tag in {"script", "img", "iframe", "style", "object", "embed", "svg", "form", "input"}:
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            address = "".join(value.split()).lower()
            outside = address.startswith(("//", "\\")) or (
                ":" in address.split("/")[0] and not address.startswith(("http:", "https:", "mailto:", "tel:"))
            )
            if str(name).startswith("on") or (name in {"href", "src"} and outside):
                found.append(f"{name}={value}")
    return found


def test_good_links_are_kept() -> None:
    html = to_html("[a](https://a.example/?x=1&y=2) [m](mailto:a@b.example) [t](tel:0312345678) [i](/works/)")
    assert 'href="https://a.example/?x=1&amp;y=2"' in html
    assert all(f'href="{address}"' in html for address in ("mailto:a@b.example", "tel:0312345678", "/works/"))


def test_headings_go_below_the_heading_they_stand_under() -> None:
    assert to_html("# a\n\n## b", top=3) == "<h3>a</h3>\n<h4>b</h4>"
    assert to_html("## a\n\n### b\n\n<h1>c</h1>", top=3).startswith("<h3>a</h3>\n<h4>b</h4>\n")
    assert to_html("# a\n\n###### b", top=3) == "<h3>a</h3>\n<h6>b</h6>"
