"""The views of a page: what is quick must say the same as what is plain."""

from __future__ import annotations

import gc
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from provenance.evidence import verify
from provenance.jsonld import parse
from provenance.limits import LIMITS, Limits
from provenance.model import Capture
from provenance.normalise.text import clean, clean_body
from provenance.options import Options
from provenance.page import Element, Page
from provenance.pipeline import process
from provenance.selectors import _in_source
from provenance.text import INLINE, SILENT, text_of

TAGS = ("div", "p", "b", "span", "br", "script", "svg", "td", "a", "figure")
WORDS = st.text("ab \n\t\u00a0é", max_size=5)


def trees() -> st.SearchStrategy[Element]:
    """Small trees of block, inline and silent elements."""

    def made(parts: tuple[str, str, str, list[Element]]) -> Element:
        tag, text, tail, children = parts
        element = etree.Element(tag)
        element.text, element.tail = text, tail
        element.extend(children)
        return element

    leaf = st.tuples(st.sampled_from(TAGS), WORDS, WORDS, st.just([])).map(made)
    return st.recursive(
        leaf,
        lambda inner: st.tuples(st.sampled_from(TAGS), WORDS, WORDS, st.lists(inner, max_size=4)).map(made),
        max_leaves=12,
    )


def plain_text(element: Element) -> str:
    """The definition of an element's text, word for word."""
    if element.tag in SILENT:
        return ""
    inner = "".join(plain_text(child) + (child.tail or "") for child in element)
    border = "" if element.tag in INLINE else " "
    return f"{border}{element.text or ''}{inner}{border}"


@given(trees())
def test_text_is_that_of_the_definition(tree: Element) -> None:
    for element in tree.iter():
        assert text_of(element) == " ".join(plain_text(element).split())


def test_text_of_a_page_that_nests_deeper_than_python_recurses() -> None:
    root = top = etree.Element("div")
    for _ in range(5_000):
        top = etree.SubElement(top, "b")
    top.text = "deep"
    assert text_of(root) == "deep"


def page_of(html: str, limits: Limits = LIMITS) -> Page:
    return Page(Capture("page.html", html.encode()), limits)


ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "id", "itemprop", "role", "data-qa", "title", "href"]),
    st.lists(st.sampled_from(["Lead", "lead", "photo-credit", "a", "A", "name"]), max_size=4).map(" ".join),
    max_size=4,
)


@given(st.lists(ATTRIBUTES, max_size=12))
def test_names_lead_to_their_bearers_in_document_order(elements: list[dict[str, str]]) -> None:
    tags = [" ".join(f'{name}="{value}"' for name, value in attributes.items()) for attributes in elements]
    page = page_of(f"<body>{''.join(f'<p {tag}>x</p>' for tag in tags)}</body>")
    tokens, properties = defaultdict(list), defaultdict(list)
    for element in page.nodes:
        for name in element.keys():  # noqa: SIM118
            if name in ("class", "id", "itemprop", "role", "data-qa"):
                for token in element.get(name).lower().split():
                    tokens[token].append(element)
        for name in (element.get("itemprop") or "").split():
            properties[name].append(element)
    assert page.tokens == tokens
    assert page.itemprops == properties


def test_a_path_leads_back_to_its_element() -> None:
    page = page_of("<body><div><p>one</p><p>two</p></div><p>three</p></body>")
    for element in page.nodes:
        assert page.root.getroottree().xpath(page.path(element)) == [element]


CROWDED = "<p " + " ".join(f"a{i}=x" for i in range(1200)) + ">"
LONG = '<p title="' + "x" * 5000 + '">'


@pytest.mark.parametrize(
    ("html", "attributes"),
    [(CROWDED, 0), (LONG, 1), (f"<script>if (a <b {'c ' * 3000}) x()</script><p id=a>", 1), (f"{CROWDED}{LONG}", 0)],
)
def test_only_crowded_tags_lose_their_attributes(html: str, attributes: int) -> None:
    page = page_of(f"<body>{html}text</body>")
    assert len(page.tags["p"][0].attrib) == attributes
    assert page.text(page.body).endswith("text")
    assert bool(page.notes) == (CROWDED in html)


def test_long_data_addresses_are_cut_and_short_ones_are_not() -> None:
    short = "data:image/png;base64," + "A" * 100
    long = "data:image/png;base64," + "A" * (LIMITS.data_uri_bytes + 1)
    page = page_of(f'<body><img src="{short}"><img src="{long}"><p>and data: too</p></body>')
    assert [image.get("src") for image in page.tags["img"]] == [short, "data:,cut"]
    assert page.text(page.body) == "and data: too"


NODE = '{"@type": "NewsArticle", "headline": "Say \\"yes\\", <b>now</b>", "url": "https://a.example/1"}'


@pytest.mark.parametrize(
    "script",
    [
        NODE.replace("\\", "\\\\").replace('"', '\\"'),
        "\\n" + NODE.replace("\\", "\\\\").replace('"', '\\"').replace("/", "\\/").replace(", ", ",\\n  "),
        "[" + NODE.replace("\\", "\\\\").replace('"', '\\"') + "]",
        json.dumps(NODE),
        "<!-- " + json.dumps(NODE) + " -->",
    ],
)
def test_data_that_were_escaped_twice_are_read(script: str) -> None:
    page = page_of(f'<script type="application/ld+json">{script}</script><p>x')
    (block,) = page.jsonld
    assert "json-unescape" in block.steps
    assert page.articles[0][2]["headline"].startswith('Say "yes"')
    assert page.articles[0][2]["url"] == "https://a.example/1"


@pytest.mark.parametrize("text", ['"only a string"', '{\\"@type', '{"a": "b\\', '{"a": 1} /* no end', '"\\"'])
def test_broken_data_are_read_as_far_as_they_go(text: str) -> None:
    data, steps = parse(text)
    assert data in (None, {"a": 1}, [{"a": 1}])
    assert steps


@given(st.text('{}[]"\\:,/* ;aun\n<-1', max_size=60))
def test_repairs_of_data_never_fail(text: str) -> None:
    data, steps = parse(text)
    assert data is not None or steps or text.strip() == "null"


@given(st.text("ab \n\t", max_size=60), st.text("ab \n", max_size=9))
def test_words_are_found_in_the_raw_lines_as_a_pattern_finds_them(source: str, wanted: str) -> None:
    page = Page(Capture("page.md", source.encode(), media_type="text/plain"))
    words = wanted.split()
    found = re.search(r"\s+".join(words), "\n".join(source.splitlines())) if words else None
    assert _in_source(page, (0, len(page.lines)), wanted) == (found.span() if found else None)


def test_paths_are_those_of_the_parser() -> None:
    page = page_of("<body><div><p>a</p><b>b</b><p>c<i>d</i></p></div><div><p>e</p></div>")
    assert [page.path(element) for element in page.nodes] == [page.root.getroottree().getpath(e) for e in page.nodes]


@given(st.text(max_size=40))
def test_lines_of_a_record_hold_nothing_unseen(text: str) -> None:
    line = clean(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\ufeff\ud800-\udfff]", line)
    assert clean(line) == line
    assert "\n" not in line


def test_paragraphs_stay_apart() -> None:
    assert clean_body("One  two\u200b\n\n \n\nthree\u00a0four") == "One two\n\nthree four"


@pytest.mark.parametrize("wanted", [True, False])
def test_the_collector_is_left_as_it_was(wanted: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if wanted else gc.disable)()
        process(Capture("page.html", b"<p>no article"))
        assert gc.isenabled() is wanted
    finally:
        (gc.enable if before else gc.disable)()


def test_a_page_leaves_no_cycles_behind() -> None:
    """What no collector has to find is freed at once: memory stays flat although the collector rests."""
    capture = Capture("page.html", (Path(__file__).parent.parent / "samples/html/article.html").read_bytes())
    process(capture, Options(evidence=True))
    gc.collect()
    gc.disable()
    try:
        assert process(capture, Options(evidence=True)).record
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("name", ["foto:", "s\ufffdan", 'linkprel="x"', "by-island", "div"])
def test_evidence_replays_under_tags_that_no_xpath_can_name(name: str) -> None:
    text = "".join(f"<p>The council met on Monday for the {i}th time to talk about the harbour.</p>" for i in range(9))
    body = (
        f"<p>Before</p><!-- x --><{name}><span>one</span><{name}><h1>Harbour town decides</h1>{text}</{name}></{name}>"
    )
    capture = Capture("test", f"<html><body>{body}</body></html>".encode())
    outcome = process(capture, Options(any_page=True))
    assert outcome.record is not None
    assert outcome.evidence is not None
    assert not list(verify(Page(capture), outcome.record, outcome.evidence))
    assert outcome.record["headline"] == "Harbour town decides"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/a b%zz?c=100%", "https://a.example/a%20b%25zz?c=100%25"),
        ("/v1[63]/x.jpg", "https://a.example/v1%5B63%5D/x.jpg"),
        ("https://foto:/x.jpg", None),
        ("https://foto:99999999/x.jpg", None),
        ("https://www krioda.com/x.jpg", None),
        ("https://[::1]:80/x", "https://[::1]:80/x"),
        ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
    ],
)
def test_an_address_is_one_that_a_record_may_hold_or_none(href: str, address: str | None) -> None:
    page = Page(Capture("test", b"<p>x</p>", url="https://a.example/"))
    assert page.address(href) == address


def test_attributes_are_told_in_the_order_of_the_page() -> None:
    page = page_of('<a rel="Next nofollow" href="/2">2</a><a name="x">x</a><a href="">y</a><link rel="next" href="/3">')
    assert [(element.tag, href) for element, href in page.hrefs] == [("a", "/2")]
    assert [element.get("href") for element in page.links["next"]] == ["/3", "/2"]
    assert [element.get("href") for element in page.links["nofollow"]] == ["/2"]


def test_paths_stay_plain_beside_a_tag_whose_name_is_none_in_xpath() -> None:
    page = page_of("<html><body><p>one</p><o:p>two</o:p></body></html>")
    assert page.path(page.tags["p"][0]) == "/html/body/p"
