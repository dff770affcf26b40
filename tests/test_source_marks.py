"""Elements marked as the text's source beside its date: whose name they hold, and what is none."""

from __future__ import annotations

import pytest

from provenance.model import House
from tests.test_bylines import Said, page_of

EAST = "".join(
    f"<p>海港与岛屿之间的渡轮从周一起每{n}分钟一班，市议会说，桥梁修好以后，旧的时刻表将在秋天恢复。</p>"
    for n in "五六七八九"
)


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("zh", '<div class="date-source"><span class=date>2019年3月4日 09:05</span><a class=source>海岛时报</a></div>', "海岛时报"),
        ("zh", '<p class=info><span>2019-03-04 09:05</span> <span id=source>渔业之声</span></p>', "渔业之声"),
        ("de", "<p><span>4.3.2019, 09:05</span><span class=quelle>Inselbote</span></p>", "Inselbote"),
        ("en", "<p><time>March 4, 2019</time> <b>March 4, 2019</b><span class=source>The Island Newsroom</span></p>",
         "The Island Newsroom"),
    ],
)  # fmt: skip
def test_a_name_in_an_element_marked_as_source_beside_the_date_is_the_source(
    language: str, line: str, name: str
) -> None:
    text = EAST if language == "zh" else None
    page = page_of(byline=line, lang=language, **({"text": text} if text else {}))
    said = Said(page, language=language)
    assert said.relation == "syndicated"
    assert said.names("sourceOrganization") == [name]


@pytest.mark.parametrize(
    "line",
    [
        "<p><span>4.3.2019</span><span class=source>The Example Gazette</span></p>",  # the house itself
        "<p><span>4.3.2019</span><span class=source>Ana Bell</span></p>",  # a person
        "<p><span>4.3.2019</span><span class=source>Read it online</span></p>",  # a link's words
        "<p><span class=source>Island Newsroom</span></p>",  # no date beside it
        "<div class=related><p><span>4.3.2019</span><span class=source>Island Newsroom</span></p></div>",  # a teaser
        "<p><span>4.3.2019</span><span class=open-source>Island Newsroom</span></p>",  # another word
    ],
)
def test_what_else_is_marked_so_is_no_source(line: str) -> None:
    said = Said(page_of(byline=line), house=House(("The Example Gazette",), "gazette.example"))
    assert said.names("sourceOrganization") == []
    assert said.relation == "own"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Ana Bell <a href=https://islandpost.example/ferry>The Island Post</a> Mon, 4 March 2019</p>",
        "<p><a href=http://www.island-post.example/><img src=/l.png alt=Logo>The Island Post</a><b>4.3.2019</b></p>",
    ],
)
def test_a_link_to_another_site_that_shows_its_name_beside_the_date_is_the_source(line: str) -> None:
    said = Said(page_of(byline=line))
    assert (said.relation, said.names("sourceOrganization")) == ("syndicated", ["The Island Post"])


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href=https://facebook.com/ferry>Facebook</a> 4 March 2019</p>",  # where the page is shared
        "<p><a href=https://islandpost.example/ferry>our earlier report</a> 4 March 2019</p>",  # no name
        "<p><a href=https://islandpost.example/ferry>The Island Post</a></p>",  # no date
        "<p><a href=https://news.gazette.example/x>Gazette</a> 4 March 2019</p>",  # the house
        "<p><a href=https://anabell.example/>Ana Bell</a> 4 March 2019</p>",  # a writer's own site
        "<div class=share><p><a href=https://islandpost.example/>The Island Post</a> 4.3.2019</p></div>",
    ],
)
def test_other_links_beside_the_date_name_no_source(line: str) -> None:
    said = Said(page_of(byline=line))
    assert (said.relation, said.names("sourceOrganization")) == ("own", [])


def test_who_is_marked_as_the_provider_beside_the_date_is_no_person() -> None:
    line = (
        "<div><span class=provider><span class=provider-name>Harbour Nation</span></span><i>•</i><b>4.3.2019</b></div>"
    )
    said = Said(page_of(byline=line))
    assert (said.people, said.names("sourceOrganization")) == ([], ["Harbour Nation"])
    person = Said(page_of(byline=line.replace("Harbour Nation", "Ana Bell")))
    assert (person.people, person.relation) == (["Ana Bell"], "own")
