"""Where the article stands in a page: headline, text, extent, and what stays out."""

from __future__ import annotations

import pytest

from provenance.model import Capture
from provenance.page import Page
from provenance.story import Story, read_story

LONG = (
    "The council met on Monday to talk about the harbour, and after four hours of debate it agreed to build a new pier."
)
MORE = (
    "Fishermen had asked for it since the storm of last winter, which broke the old wooden pier and sank three boats."
)
LAST = "Work is to begin in the spring, the mayor told reporters, and it should be finished before the season starts."


def page_of(body: str, head: str = "", media_type: str = "text/html") -> Page:
    markup = f"<html><head>{head}</head><body>{body}</body></html>" if media_type == "text/html" else body
    return Page(Capture("test", markup.encode(), media_type=media_type, url="https://paper.example/news/pier"))


def texts(story: Story) -> list[str]:
    return [block.text for block in story.blocks]


def article(*parts: str, before: str = "", behind: str = "") -> str:
    inner = "".join(parts)
    return f"{before}<main><article><h1>A new pier for the harbour</h1>{inner}</article></main>{behind}"


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def test_paragraphs_subheads_and_lists_are_the_text() -> None:
    lists = "<ul><li>Cost: four million</li><li>Length: two hundred metres, with a lamp every ten metres</li></ul>"
    page = page_of(article(paragraphs(LONG), "<h2>What it costs</h2>", paragraphs(MORE), lists, paragraphs(LAST)))
    assert texts(page.story) == [
        LONG,
        "What it costs",
        MORE,
        "Cost: four million",
        "Length: two hundred metres, with a lamp every ten metres",
        LAST,
    ]
    assert [b.kind for b in page.story.blocks] == ["paragraph", "subhead", "paragraph", "item", "item", "paragraph"]


@pytest.mark.parametrize(
    "noise",
    [
        f"<nav><p>{LAST}</p></nav>",
        f'<div class="comments"><p>{LAST} I do not believe a word of it.</p></div>',
        f"<aside><p>{LAST} Another story.</p></aside>",
        f'<figure><img src="a.jpg"><figcaption>{LAST} Photo: A. Person</figcaption></figure>',
        f'<div class="related-stories"><p>{LAST} Elsewhere.</p></div>',
        f'<div class="newsletter-signup"><p>{LAST} Sign up.</p></div>',
        f'<div class="cookie-banner"><p>{LAST} We use cookies.</p></div>',
        f'<div style="display: none"><p>{LAST} Hidden.</p></div>',
        f"<div hidden><p>{LAST} Hidden.</p></div>",
        '<div class="share-bar">Share this on the networks of your choice, all of them, and do so now</div>',
        "<p>Read more: The old pier and the storm that broke it</p>",
        "<p>Lesen Sie auch: Der alte Steg und der Sturm</p>",
        "<p><a href='/other'>The old pier and the storm that broke it in one night last winter</a></p>",
        "<div><h3><a href='/other'>The old pier and the storm that broke it in one night last winter</a></h3></div>",
        "<script>var text = 'The council met on Monday to talk about the harbour and much more than that';</script>",
    ],
)
def test_noise_between_paragraphs_stays_out(noise: str) -> None:
    page = page_of(article(paragraphs(LONG, MORE), noise, paragraphs(MORE.replace("storm", "gale"))))
    assert texts(page.story) == [LONG, MORE, MORE.replace("storm", "gale")]


def test_a_class_name_that_marks_the_main_text_marks_nothing() -> None:
    """Publishers call their columns what they like: a `sidebar-grid` may hold the article."""
    body = (
        f'<div class="sidebar-grid"><h1>A new pier</h1><div class="ad-free">{paragraphs(LONG, MORE, LAST)}</div></div>'
    )
    assert texts(page_of(body).story) == [LONG, MORE, LAST]


def test_long_comments_do_not_become_the_story() -> None:
    comments = "".join(f"<div class='comment'><p>{i}: {LONG} {MORE} That is what I think.</p></div>" for i in range(3))
    page = page_of(article(paragraphs(LONG, MORE, LAST), f"<section id='comments'>{comments}</section>"))
    assert texts(page.story) == [LONG, MORE, LAST]


def test_the_headline_is_what_the_metadata_call_the_article() -> None:
    head = '<meta property="og:title" content="Harbour town decides on a new pier | The Paper"><title>The Paper</title>'
    body = f"<h1>Local news</h1><h2>Harbour town decides on a new pier</h2>{paragraphs(LONG, MORE)}"
    story = page_of(body, head).story
    assert story.headline is not None
    assert story.headline.tag == "h2"
    assert texts(story) == [LONG, MORE]


def test_the_first_h1_is_the_headline_where_nothing_tells() -> None:
    story = page_of(f"<h1>A new pier</h1>{paragraphs(LONG, MORE)}<h1>Other news</h1>").story
    assert story.headline is not None
    assert story.headline.text == "A new pier"


def test_a_standfirst_above_the_text_belongs_to_it() -> None:
    standfirst = "The old one broke in the storm, now the council has decided on a new one in stone"
    body = f"<header><h1>A new pier</h1><p class='teaser'>{standfirst}</p></header><div>{paragraphs(LONG, MORE, LAST)}</div>"
    assert texts(page_of(body).story) == [standfirst, LONG, MORE, LAST]


def test_text_parted_by_breaks_in_a_div_is_read_as_paragraphs() -> None:
    page = page_of(f"<h1>A new pier</h1><div>{LONG}<br><br>{MORE}<br /> <br>{LAST}</div>")
    assert texts(page.story) == [LONG, MORE, LAST]
    for block in page.story.blocks:
        assert block.span is not None
        assert page.text(block.element)[slice(*block.span)] == block.text


def test_text_beside_inner_boxes_has_its_place() -> None:
    page = page_of(f"<h1>A new pier</h1><div>{LONG}<p>{MORE}</p>{LAST}<blockquote>{LONG} Indeed.</blockquote></div>")
    assert texts(page.story) == [LONG, MORE, LAST, f"{LONG} Indeed."]
    for block in page.story.blocks:
        span = block.span or (0, len(block.text))
        assert page.text(block.element)[slice(*span)] == block.text


def test_an_inline_element_around_boxes_parts_them() -> None:
    page = page_of(f"<h1>A new pier</h1><font><p>{LONG}</p><p>{MORE}</p></font>")
    assert texts(page.story) == [LONG, MORE]


def test_chinese_and_japanese_paragraphs_are_short() -> None:
    lines = [
        "市議会は月曜日に港について話し合い、新しい桟橋を作ることを決めた。",
        "漁師たちは昨年の冬の嵐の後からそれを求めていた。",
    ]
    page = page_of(f"<h1>港に新しい桟橋</h1><div>{paragraphs(*lines)}</div>")
    assert texts(page.story) == lines


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Reporting by Ann Person in Port; editing by Bo Other", "signoff"),
        (f"(Reporting by {', '.join(['Ann Person in Port'] * 16)}; Editing by Bo Other)", "signoff"),
        ("A version of this article appears in print on page 3 of the Sunday edition.", "signoff"),
        ("(c) 2024 The Paper. All rights reserved, in all the world and for all time.", "signoff"),
        ("Mit Informationen der Nachrichtenagenturen und eigenen Berichten aus dem Hafen", "signoff"),
        ("(dpa)", "tail"),
        ("Sign up for our newsletter to get the best of the harbour every morning.", "call"),
        ("Mary Writer is our correspondent on the coast and has written three books on boats and piers.", "author"),
    ],
)
def test_lines_that_close_a_story_are_left_out_with_their_reason(line: str, why: str) -> None:
    page = page_of(article(paragraphs(LONG, MORE, LAST, line)), '<meta name="author" content="Mary Writer">')
    assert texts(page.story) == [LONG, MORE, LAST]
    assert [(block.text, reason) for block, reason in page.story.left if reason == why] == [(line, why)]
    assert page.nodes[page.story.end].text == line, "the extent covers the lines that close the story"


def test_the_extent_runs_from_headline_to_end() -> None:
    page = page_of(article(paragraphs(LONG, MORE, LAST), behind="<footer><p>About us</p></footer>"))
    story, order = page.story, page.order
    assert story.headline is not None
    assert story.start == order[story.headline]
    assert story.end == order[story.blocks[-1].element]


def test_of_two_articles_in_one_page_the_one_with_the_headline_is_read() -> None:
    second = f"<article><h2>Another town</h2>{paragraphs(*(f'{MORE} In another town, of course. {i}' for i in range(4)))}</article>"
    head = "<title>A new pier for the harbour</title>"
    page = page_of(article(paragraphs(LONG, MORE, LAST), behind=f"<div class='under'>{second}</div>"), head)
    assert texts(page.story) == [LONG, MORE, LAST]


def test_a_second_copy_of_the_text_is_read_once() -> None:
    copy = f"<div class='for-print'>{LONG} {MORE} {LAST} " + " ".join(f"{MORE} {i}" for i in range(12)) + "</div>"
    page = page_of(article(paragraphs(LONG, MORE, LAST, *(f"{MORE} {i}" for i in range(12))), copy))
    assert texts(page.story)[:3] == [LONG, MORE, LAST]
    assert len(texts(page.story)) == 15


@pytest.mark.parametrize("body", ["", "<p></p>", "<div><img src=a></div>", "<ul><li><a href='/'>Home</a></li></ul>"])
def test_a_page_without_text_has_a_story_without_blocks(body: str) -> None:
    assert page_of(body).story.blocks == ()


def test_deep_nesting_is_read_without_recursion() -> None:
    depth = 1500
    page = page_of("<div>" * depth + paragraphs(LONG, MORE) + "</div>" * depth)
    assert texts(page.story) == [LONG, MORE]
    inline = page_of("<b>" * depth + paragraphs(LONG, MORE) + "</b>" * depth)
    assert texts(inline.story) == [LONG, MORE]


def test_many_elements_cost_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in texts worked out, not in seconds: ten times the page asks for at most twelve times the work."""
    import provenance.story.layout as blocks

    calls = {"made": 0}
    cut = blocks._cut

    def counted(*args: object, **options: object) -> object:
        calls["made"] += 1
        return cut(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(blocks, "_cut", counted)
    counts = []
    for size in (200, 2000):
        calls["made"] = 0
        read_story(page_of("<div>" + "".join(f"{LONG} {i}<div>{MORE} {i}</div>" for i in range(size)) + "</div>"))
        counts.append(calls["made"])
    assert 0 < counts[1] <= 12 * counts[0]


MANY = [f"{i}: {line}" for i in range(4) for line in (LONG, MORE)]
CAPTION = "Fishermen look at the broken pier on the morning after the storm. Ann Person / AFP"


@pytest.mark.parametrize(
    ("box", "why"),
    [
        (f'<div class="x1"><img src="a.jpg"><p>{CAPTION}</p></div>', "caption"),
        (
            f'<div class="x1"><span><picture><img src="a.jpg"></picture></span><p>{CAPTION}</p><p>Image: AFP</p></div>',
            "caption",
        ),
        (f'<div class="x1"><img src="a.jpg"><div><small>{CAPTION}</small></div></div>', "caption"),
        (
            f"<blockquote><p>{CAPTION}</p>— A Person <a href='https://x.com/person/status/1'>May 1</a></blockquote>",
            "embed",
        ),
        ("<p>Published 12 May 2024 at 11:21 and updated 12 May 2024 at 18:30</p>", "dated"),
        (
            "<ul>"
            + "".join(f"<li>Harbour: <a href='/{i}'>The story of pier number {i}</a></li>" for i in range(3))
            + "</ul>",
            "links",
        ),
    ],
)
def test_shapes_tell_what_class_names_do_not(box: str, why: str) -> None:
    story = page_of(article(paragraphs(LONG, MORE), box, paragraphs(LAST))).story
    assert texts(story) == [LONG, MORE, LAST]
    assert why in {reason for _, reason in story.left}


def test_cards_of_other_stories_stay_out_and_linked_sections_stay() -> None:
    text = "<p>It was to be built {0} years ago, but then the money was gone, and nobody knows where to.</p>"
    card = "<div class='x2'><h3><a href='/news/{0}'>Why pier number {0} is still not built</a></h3>" + text + "</div>"
    cards = "<div class='x1'>" + "".join(card.format(i) for i in range(3)) + "</div>"
    assert texts(page_of(article(paragraphs(*MANY), cards, paragraphs(LAST))).story) == [*MANY, LAST]
    section = card.replace("/news/", "https://pier.example/")
    elsewhere = "<div class='x1'>" + "".join(section.format(i) for i in range(3)) + "</div>"
    assert len(texts(page_of(article(paragraphs(*MANY), elsewhere, paragraphs(LAST))).story)) == len(MANY) + 7


def test_an_offer_in_terms_below_a_story_is_no_text() -> None:
    offer = "<dl><dt>会員に登録すると</dt><dd>各種のメールマガジンで最新の情報をお届け</dd></dl><p>※紙の新聞とは朝刊です。これは注です。</p>"
    page = page_of(
        f"<h1>港に新しい桟橋</h1><div>{paragraphs(*['市議会は月曜日に港について話し合い、新しい桟橋を作ることを決めた。'])}{offer}</div>"
    )
    assert texts(page.story) == ["市議会は月曜日に港について話し合い、新しい桟橋を作ることを決めた。"]


def test_answers_behind_buttons_are_no_captions() -> None:
    item = f"<div><button>What will the new pier cost?</button><img src='plus.svg'><div><p>{CAPTION}</p></div></div>"
    assert CAPTION in texts(page_of(article(paragraphs(*MANY), item, paragraphs(LAST))).story)


def test_a_page_that_sets_its_text_beside_pictures_keeps_it() -> None:
    """Picture and paragraph in one box is a caption only where few boxes are built so."""
    slides = "".join(f'<div class="x1"><img src="{i}.jpg"><p>{i}: {LONG}</p></div>' for i in range(6))
    assert texts(page_of(article(slides)).story) == [f"{i}: {LONG}" for i in range(6)]


def test_a_byline_without_a_class_name_is_no_text() -> None:
    head = '<meta name="author" content="Ann Person">'
    line = "<div>Ann Person and Bo Other, reporting from the harbour town</div>"
    assert texts(page_of(article(line, paragraphs(LONG, MORE, LAST)), head).story) == [LONG, MORE, LAST]


def test_a_heading_that_leads_on_takes_its_box_with_it() -> None:
    box = f"<div class='x1'><h3>Read more</h3><p>{LAST} <a href='/2'>The story of the gale</a></p><p>{LAST} Elsewhere.</p></div>"
    assert texts(page_of(article(paragraphs(*MANY), box, paragraphs(LAST))).story) == [*MANY, LAST]


def test_offers_that_stand_twice_are_no_text() -> None:
    offers = (
        "Exclusive columns by our best known writers.",
        "Unlimited access to all the pages we have.",
        "Daily puzzles, crosswords and the chess problem.",
    )
    lines = "".join(f"<li>{line}</li>" for line in offers)
    offer = f"<div><p>Enjoy the latest news of the harbour and the sea.</p><ul>{lines}</ul></div>"
    page = page_of(article(paragraphs(*MANY), f"<div>{offer}{offer}</div>", paragraphs(LAST)))
    assert texts(page.story) == [*MANY, LAST]


def test_sources_below_a_story_are_no_text() -> None:
    sources = "<h2>References</h2><ol><li>Person, A. (2020). Piers and their uses. Harbour Press, Port.</li></ol>"
    page = page_of(
        article(paragraphs(LONG, MORE, LAST), sources, f"<h2>One more thing</h2>{paragraphs(LONG + ' Yes.')}")
    )
    assert texts(page.story) == [LONG, MORE, LAST, "One more thing", f"{LONG} Yes."]


def test_main_with_the_headline_wins_against_long_notices() -> None:
    notices = "".join(
        f"<p>{i}: You may choose what we keep on your machine, and we tell you why we do.</p>" for i in range(20)
    )
    page = page_of(
        f"<main><h1>A new pier</h1>{paragraphs(LONG, MORE, LAST, LONG + ' Indeed.')}</main><div><div>{notices}</div></div>"
    )
    assert texts(page.story) == [LONG, MORE, LAST, f"{LONG} Indeed."]


PRINT = f"""# A new pier for the harbour

By [Ann Person for AFP](#)

May 20, 2021

The council meets in the harbour.

**Town Hall / Photo Service**

{LONG}

## **What it costs**

{MORE}

"{LAST}"

Original url:

<https://paper.example/news/pier>
"""


def test_the_print_shape_leaves_byline_date_caption_credit_and_address() -> None:
    page = page_of(PRINT, media_type="text/markdown")
    assert texts(page.story) == [LONG, "What it costs", MORE, f'"{LAST}"']
    reasons = {block.text: why for block, why in page.story.left}
    assert reasons["The council meets in the harbour."] == "caption"
    assert reasons["Town Hall / Photo Service"] == "credit"


def test_plain_text_is_read_too() -> None:
    page = page_of(f"A new pier\n\n{LONG}\n\n{MORE}\n\n{LAST}\n", media_type="text/plain")
    assert texts(page.story) == [LONG, MORE, LAST]


HAN = "据新华社报道，市政府周一在会议上讨论了港口的扩建方案，经过四个小时的辩论，会议决定修建新的码头，总投资约四百万元，工程将于明年春季开工，预计在旅游旺季之前完成全部建设，渔民对此表示欢迎。"
HAN_MORE = "去年冬天的风暴摧毁了旧的木制码头，三艘渔船沉没，当地渔民一直希望尽快修建一座更加坚固的新码头来停靠船只。"


@pytest.mark.parametrize(
    "line",
    [
        "（责任编辑：王某）",
        "【免责声明】本文仅代表作者本人观点，请读者仅作参考。",
        "为你推荐",
        "15 » Comentarios ¿Quieres comentar?",
        "12 Comments",
        "评论(18)",
    ],
)
def test_behind_the_line_that_ends_a_story_is_none_of_its_text(line: str) -> None:
    own = [HAN, HAN_MORE] if not line.isascii() and line[0] not in "15" else [LONG, MORE]
    page = page_of(article(paragraphs(*own), f"<h4>{line}</h4>", f"<div><p>{LAST} Well said!</p></div>"))
    assert texts(page.story) == own


def test_a_count_of_comments_above_the_text_ends_nothing() -> None:
    page = page_of(article(paragraphs(LONG), "<div>44 comments</div>", paragraphs(MORE, LAST, MORE + " So it is.")))
    assert LAST in texts(page.story)


@pytest.mark.parametrize("line", ["（原标题：市政府决定修建新码头，渔民对此表示欢迎）", "采写：本报记者 王某 李某某"])
def test_where_a_chinese_story_comes_from_is_none_of_its_text(line: str) -> None:
    page = page_of(article(paragraphs(line, HAN, HAN_MORE) if "原" in line else paragraphs(HAN, HAN_MORE, line)))
    assert texts(page.story) == [HAN, HAN_MORE]


@pytest.mark.parametrize(
    "caption",
    [
        '<p style="text-align: center">新码头的设计方案</p>',
        "<p>渔民在旧码头上修补渔网。本报记者王某 摄</p>",
        "<p>旧码头。</p>",
    ],
)
def test_short_chinese_lines_below_a_picture_are_captions(caption: str) -> None:
    page = page_of(article(paragraphs(HAN), '<p><img src="a.jpg"></p>', caption, paragraphs(HAN_MORE)))
    assert texts(page.story) == [HAN, HAN_MORE]
    assert [why for _, why in page.story.left if why == "caption"] == ["caption"]


def test_a_chinese_subhead_below_a_picture_is_text() -> None:
    subhead = "<p><strong>新码头的设计方案</strong></p>"
    page = page_of(article(paragraphs(HAN), '<p><img src="a.jpg"></p>', subhead, paragraphs(HAN_MORE)))
    assert texts(page.story) == [HAN, "新码头的设计方案", HAN_MORE]


def test_a_heap_of_search_words_is_no_prose() -> None:
    heap = "".join(f"<div>{'热门搜索词 ' * 900}</div>")
    page = page_of(f"<div class='single'>{article(paragraphs(HAN, HAN_MORE))}{heap}</div>")
    assert texts(page.story) == [HAN, HAN_MORE]


def test_a_teaser_that_goes_on_to_its_story_is_no_text() -> None:
    teaser = HAN_MORE.replace("去年", "前年") + " 【详细】"
    page = page_of(article(paragraphs(HAN, HAN_MORE), f"<div><p>{teaser}</p></div>"))
    assert texts(page.story) == [HAN, HAN_MORE]


def test_a_list_below_a_short_line_that_leads_on_is_no_text() -> None:
    offer = "<div><div>Baca Juga:</div><ul><li><b>Harga ikan</b> naik lagi di pasar kota</li></ul></div>"
    page = page_of(article(paragraphs(LONG), offer, paragraphs(MORE, LAST)))
    assert texts(page.story) == [LONG, MORE, LAST]


@pytest.mark.parametrize(("name", "kept"), [("class", False), ("data-qa", True), ("data-type", True)])
def test_names_for_a_sites_own_tests_do_not_speak_of_a_part(name: str, kept: bool) -> None:
    inner = f'<div {name}="related newsletter"><p>{CAPTION}</p></div>'
    assert (CAPTION in texts(page_of(f"{paragraphs(*MANY)}{inner}<p>{LONG} End.</p>").story)) is kept


def test_one_value_speaks_where_it_is_a_class_and_not_where_it_is_for_tests() -> None:
    other = CAPTION.replace("pier", "bridge")
    inner = f'<div data-qa="related"><p>{CAPTION}</p></div><div class="related"><p>{other}</p></div>'
    found = texts(page_of(f"{paragraphs(*MANY)}{inner}<p>{LONG} End.</p>").story)
    assert CAPTION in found
    assert other not in found


JAPANESE = (
    "港に架かる古い橋が二年間の工事を終えて土曜日に再び開通し、最初の車は夜明け前に渡り始めたと市が日曜日に発表した。"
)


def test_a_headline_without_spaces_is_known_by_its_signs() -> None:
    title = "港の古い橋が二年ぶりに開通、市が発表"
    body = f"<main><h2>{title}</h2>{paragraphs(JAPANESE, JAPANESE.replace('橋', '道'))}</main>"
    page = page_of(f"<h1>港新聞</h1>{body}", f"<title>{title} | 港新聞オンライン</title>")
    assert page.story.headline is not None
    assert page.text(page.story.headline) == title
    assert texts(page.story) == [JAPANESE, JAPANESE.replace("橋", "道")]


def test_a_paragraph_above_the_text_that_repeats_the_title_is_the_headline() -> None:
    title = "A new pier for the harbour after four hours of debate"
    line = f'<p class="title">{title}</p>'
    page = page_of(f"<div>{line}{paragraphs(LONG, MORE, title)}</div>", f"<title>{title}</title>")
    assert texts(page.story)[0] == LONG


@pytest.mark.parametrize("label", ["Tags", "Temas", "Schlagworte:", "Mots-clés", "タグ"])
def test_topics_below_a_story_are_no_text(label: str) -> None:
    topics = f"<ul><li>{label}</li><li>Harbour works of the season</li><li>Fishing</li></ul>"
    assert texts(page_of(article(paragraphs(LONG, MORE, LAST), topics)).story) == [LONG, MORE, LAST]


def test_a_word_for_topics_opens_a_sentence_too() -> None:
    line = (
        "Tags were found on the nets that the storm had carried out to sea, and two of them were read in the harbour."
    )
    assert line in texts(page_of(article(paragraphs(LONG, MORE, line, LAST))).story)


def test_a_standfirst_in_a_lesser_heading_is_text_wherever_the_text_begins() -> None:
    head = f"<div><h1>A new pier for the harbour</h1><h2>{MORE}</h2></div>"
    page = page_of(
        f"<article>{head}<div class='share'>Share</div><div>{paragraphs(LONG, LAST, LONG + ' Again.')}</div></article>"
    )
    assert texts(page.story)[0] == MORE


ICON = '<svg viewBox="0 0 8 8"><path d="M0 0"/></svg>'


@pytest.mark.parametrize(
    "set_in",
    [
        f'<a href="/h">harbour office{ICON}</a>',
        f'<a href="/h">{ICON}harbour office</a>',
        f"<span>harbour office<span>{ICON}</span></span>",
        '<span itemscope><meta itemprop="name" content="x">harbour office</span>',
        '<a href="/h">harbour office <img src="/out.png"></a>',
        '<img class="emoji" src="/ship.svg" alt=""> harbour office',
        '<img width="16" height="16" src="/ship.gif" alt=""> harbour office',
        "<span>harbour <button>office</button></span>",
        "<button>harbour office</button>",
    ],
)
def test_what_is_set_into_a_sentence_takes_no_word_of_it(set_in: str) -> None:
    line = f"<p>The plans for the new pier can be seen until the end of the month in the {set_in}, which is open every day.</p>"
    first, told, last = texts(page_of(article(paragraphs(LONG), line, paragraphs(LAST))).story)
    assert (first, last) == (LONG, LAST)
    assert told.replace(" ,", ",") == (
        "The plans for the new pier can be seen until the end of the month in the harbour office, which is open every day."
    )


def test_a_picture_with_its_caption_in_a_line_element_ends_the_text() -> None:
    held = '<span class="x"><img src="/p.jpg" width="660" height="330"><a href="/p">The pier at night</a></span>'
    story = page_of(article(f"<div>{LONG} {held} {MORE}</div>", paragraphs(LAST))).story
    assert texts(story) == [LONG, MORE, LAST]


def test_a_button_behind_a_heading_is_none_of_its_words() -> None:
    parts = (paragraphs(LONG), "<h2>What it costs<button>#</button></h2>", paragraphs(MORE))
    assert "What it costs" in texts(page_of(article(*parts)).story)


@pytest.mark.parametrize(
    "line", ["The old pier by night. © AFP / JANE ROE", "The mayor speaks (c) Pier Weekly", "Der Steg. © dpa"]
)
def test_a_line_that_ends_in_a_rights_sign_is_a_caption(line: str) -> None:
    assert texts(page_of(article(paragraphs(LONG, MORE, line, LAST))).story) == [LONG, MORE, LAST]


def test_the_headline_above_the_text_is_known_without_the_kicker_of_the_title() -> None:
    title = "Harbour works: A new pier is built after four hours of debate"
    head = f"<title>{title} - The Paper</title>"
    top = f"<ol><li><h1>{title}</h1></li></ol>"
    body = f"<main><div>{top}</div><div><header><h2>{title.partition(': ')[2]}</h2></header>{paragraphs(LONG, MORE, LAST)}</div></main>"
    assert texts(page_of(body, head).story) == [LONG, MORE, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Bell | Port Town | 08/01/2014",
        "November 28, 2013 -- Updated 0203 GMT (1003 HKT)",
        "8. Januar 2014 · Hafen",
        "La Gazette | 04.05.2015 à 13h36 • Mis à jour le 05.05.2015 à 20h13 | Par Ana Bell (avec Ben Knight et l'Agence du Port), à Port-la-Ville",
    ],
)
def test_a_line_with_a_day_above_the_text_is_the_pages_and_one_in_the_text_is_the_storys(line: str) -> None:
    assert texts(page_of(article(paragraphs(line, LONG, MORE, LAST))).story) == [LONG, MORE, LAST]
    opening = "On November 28, 2013 the pier was closed."
    assert texts(page_of(article(paragraphs(opening, LONG, MORE))).story) == [opening, LONG, MORE]


@pytest.mark.parametrize("name", ["star-rating", "autor", "bildunterschrift", "noticias-relacionadas", "publicidad"])
def test_class_names_in_other_languages_and_of_votes_are_known(name: str) -> None:
    box = f'<div class="{name}"><p>Now with one star of five, as told by the readers of this page</p></div>'
    assert texts(page_of(article(paragraphs(LONG), box, paragraphs(MORE, LAST))).story) == [LONG, MORE, LAST]


def test_a_day_and_a_time_in_a_heading_above_the_text_are_the_pages() -> None:
    line = "<h5>8 janvier 2014 à 18:27 (Mis à jour: 19:56)</h5>"
    assert texts(page_of(article(line, paragraphs(LONG, MORE))).story) == [LONG, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Contributing: Ana Bell, Ben Knight, Associated Press",
        "Courtesy of the harbour office of Port Town",
        "최윤호 기자 uknow@paper.example",
        "The views expressed here are those of the writer and do not necessarily reflect the views of The Paper.",
        "Les propos tenus ici ne reflètent pas nécessairement la position du journal et n'engagent que leur auteur.",
    ],
)
def test_who_helped_who_answers_and_whose_views_they_are_is_none_of_the_text(line: str) -> None:
    assert texts(page_of(article(paragraphs(LONG, MORE, line))).story) == [LONG, MORE]
    assert texts(page_of(article(paragraphs(LONG, line, MORE))).story) == [LONG, MORE]


def test_the_id_of_a_heading_is_made_of_its_words_and_marks_nothing() -> None:
    heads = '<h2 id="social-media-rating">Social media rating</h2>', '<h2 class="related">Related</h2>'
    found = texts(page_of(article(paragraphs(LONG), heads[0], paragraphs(MORE), heads[1], paragraphs(LAST))).story)
    assert found == [LONG, "Social media rating", MORE, LAST]
