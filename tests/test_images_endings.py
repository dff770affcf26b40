"""Credits at a caption's end without a label: known ends are taken, ends that may be anything stay in the caption."""

from __future__ import annotations

import pytest

from provenance.model import Context
from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from provenance.rules.photos.grammar import Grammar
from provenance.rules.photos.layout import read_layout
from tests.photo_pages import context, page_of

CAP = "Visitors walk across the harbour bridge on Monday"

ENDS = [
    # language, caption, what stands between, credit, what follows
    ("en", CAP, " | ", "Martin Ellwood", ""),
    ("de", "Besucher gehen am ersten Morgen über die Brücke.", " | ", "Lena Krug", ""),
    ("en", CAP, " • ", "Martin Ellwood", ""),
    ("fr", "Des visiteurs traversent le pont du port.", " ", "HÉLÈNE MARCHAND", ""),
    ("fr", "Le pont du port, le 9 mai 2024.", " ", "HÉLÈNE MARCHAND POUR « LE QUAI »", ""),
    ("en", f"{CAP}.", " ", "Martin Ellwood for The Quay", ""),
    ("en", CAP, " — ", "Reuters", ""),
    ("es", "Varios visitantes cruzan el puente del puerto", " - ", "Shutterstock", ""),
    ("en", CAP, " — ", "Bernama pic", ""),
    ("de", "Besucher gehen am Montag über die Brücke", " / ", "IMAGO/Zink", ""),
    ("it", "I traghetti aspettano al vecchio molo.", " Foto ", "Archivio", ""),
    ("de", "Besucher gehen am ersten Morgen über die Brücke.", " Foto ", "Instagram/hafenblick", ""),
    ("ko", "시민들이 월요일 항구 다리를 건너고 있다.", " ", "박민수 기자", ""),
    ("ko", "시민들이 월요일 항구 다리를 건너고 있다.", "=", "연합뉴스", ""),
    ("hi", "पुल खुलने के बाद पहली सुबह उस पर से गुजरते लोग।", " ", "पीटीआई", ""),
    ("hi", "पुल खुलने के बाद पहली सुबह उस पर से गुजरते लोग।", " (", "राकेश शर्मा", ")"),
    ("bn", "প্রথম সকালে বন্দর সেতু পার হচ্ছেন মানুষ।", " ", "Getty Images", ""),
    ("bn", "প্রথম সকালে বন্দর সেতু পার হচ্ছেন মানুষ।", " ছবি: ", "তানভীর হাসান", ""),
    ("ja", "月曜日の正午、港の橋を渡る人たち", "（4日午前、東京都港区、", "佐藤美咲撮影", "）"),
    ("sw", "Wageni wakivuka daraja la bandari.", " Picha na ", "Juma Mwakyusa", ""),
    ("zu", "Izivakashi ziwela ibhuloho letheku.", " Izithombe: ", "Thabo Mkhize", ""),
    ("ms", "Pengunjung berjalan di atas jambatan pelabuhan.", " — Gambar oleh ", "Ahmad Zulkifli", ""),
    ("ms", "Pengunjung berjalan di atas jambatan pelabuhan", " - Foto ", "ihsan Polis Marin", ""),
    ("sv", "Besökare går över hamnbron.", " Arkivbild: ", "Karin Dahlström/TT", ""),
    ("en", CAP, " — File picture by ", "Martin Ellwood", ""),
    ("de", "Besucher gehen über die Hafenbrücke.", " ", "Lena Krug/dpa", " – alle Rechte vorbehalten"),
    ("es", "Varios visitantes cruzan el puente del puerto.", " ", "MARTA OLMEDO (EFE)", ""),
    ("es", "Varios visitantes cruzan el puente del puerto.", " ", "NEREA ZUBÍA (EFE)", ""),
    ("de", "Besucher gehen über die Hafenbrücke.", " Foto: ", "Lena Krug (dpa)", ""),
    ("de", "Besucher gehen über die Hafenbrücke.", " © ", "Lena Krug (dpa)", ""),
    ("pl", "Przechodnie na moście portowym w poniedziałek.", " Fot. ", "Joanna Wilczek (PAP)", ""),
    ("en", f"{CAP}, 2024.", " ", "Martin Ellwood | Reuters", ""),
    ("en", CAP, " | ", "Martin Ellwood – Pool/Getty Images", ""),
    ("en", f"{CAP} morning.", " ", "Martin Ellwood & Sarah Penrose", ""),
    ("en", f"{CAP} morning.", " ", "Martin Ellwood / CC BY-SA 4.0", ""),
    ("en", f"{CAP} morning.", " (", "Martin Ellwood / CC BY-SA 4.0", ")"),
    ("en", f"{CAP} morning.", " ", "iStock/harbour", ""),
    ("en", f"{CAP} morning.", " (", "iStock/harbour", ")"),
    ("en", f"{CAP} morning.", " ", "harbourwatch.example.com", ""),
]

LEFT = [
    ("de", "Besucher gehen am ersten Morgen über die Hafenbrücke | Hamburg"),
    ("de", "Besucher gehen am ersten Morgen über die Hafenbrücke – Hamburg, März 2024"),
    ("de", "Besucher gehen am ersten Morgen über die Hafenbrücke © 2024"),
    ("de", "Besucher gehen am ersten Morgen über die Hafenbrücke | Bildergalerie"),
    ("en", f"{CAP} | Harbour Bridge"),
    ("en", f"{CAP} | The picture shows the old pier."),
    ("en", f"{CAP} | Monday, March 4"),
    ("en", f"{CAP} - the old pier is behind them"),
    ("en", "“We have waited two years for this day” — Martin Ellwood"),
    ("en", "“We have waited two years for this day.” Martin Ellwood"),
    ("en", "Visitors walk across the bridge with Prof. Martin Ellwood"),
    ("en", "Who opened the harbour bridge on Monday? Martin Ellwood"),
    ("en", "Bridge | Martin Ellwood"),
    ("fr", "Des visiteurs traversent le pont du port | Marseille"),
    ("en", f"{CAP}. From left: Martin Ellwood (centre)"),
    ("en", f"{CAP} (see story/page 4)"),
    ("es", "Varios visitantes cruzan el puente del puerto (izquierda)"),
    ("pl", "Przechodnie na moście portowym w poniedziałek z prof. Markiem Sokalskim"),
    ("ko", "시민들이 항구 다리를 건너고 있다. 부산"),
    ("ja", "港の橋を渡る人たち（東京都港区）"),
    ("hi", "पुल खुलने के बाद पहली सुबह उस पर से गुजरते लोग (बाएं)"),
]


@pytest.mark.parametrize(("language", "caption", "between", "credit", "after"), ENDS)
def test_end(language: str, caption: str, between: str, credit: str, after: str) -> None:
    text = caption + between + credit + after
    split = Grammar(Context(language=language)).split(text)
    assert (split.caption, split.credit) == (caption, credit)
    assert split.credit_span is not None
    assert text[slice(*split.credit_span)] == credit
    assert text[slice(*split.caption_span)] == caption


@pytest.mark.parametrize(
    "text",
    [
        "The harbour's master builder, Martin Ellwood (AP)",
        f"{CAP}. Right, on the bridge: Martin Ellwood (AP)",
        "“We have waited for this day” – Martin Ellwood (AP)",
    ],
)
def test_a_name_in_the_sentence_stays(text: str) -> None:
    split = Grammar(Context(language="en")).split(text)
    assert split.credit == "AP"
    assert split.caption.endswith("Martin Ellwood")


@pytest.mark.parametrize(("language", "text"), LEFT)
def test_no_end(language: str, text: str) -> None:
    assert Grammar(Context(language=language)).split(text).credit is None


@pytest.mark.parametrize(
    ("language", "text", "credit"),
    [
        ("fr", "Photo picture alliance/dpa", "picture alliance/dpa"),
        ("en", "picture alliance/dpa", "picture alliance/dpa"),
        ("fr", "HÉLÈNE MARCHAND POUR « LE QUAI »", "HÉLÈNE MARCHAND POUR « LE QUAI »"),
        ("en", "© 2024", None),
        ("en", "2019-2024", None),
    ],
)
def test_whole(language: str, text: str, credit: str | None) -> None:
    parsed = Grammar(Context(language=language)).credit(text)
    assert (parsed.credit if parsed else None) == credit


IMG = '<img src="/img/bridge-1200x800.jpg" alt="A bridge">'

UNCREDITED = [
    f'<div class="head"><div class="head-image">{IMG}</div><div class="head-description">{CAP}, says the guide.</div>'
    '<div class="the-author">Martin Ellwood</div></div>',
    f'<div class="featured-image">{IMG}<div class="meta"><span class="author">Martin Ellwood</span></div></div>',
    f"<figure>{IMG}<figcaption>Martin Ellwood</figcaption></figure>",
    f"<figure>{IMG}<div>Martin Ellwood</div><div>Head of the harbour works</div></figure>",
    f"<div class='intro'><div>{IMG}</div><p>{CAP}.</p><p>Martin Ellwood</p></div>",
]


@pytest.mark.parametrize("markup", UNCREDITED)
def test_name_that_credits_no_photo(markup: str) -> None:
    page = page_of(markup)
    chosen = choose_images(collect(page, context()), page, context()).chosen
    assert [c.value.credit for c in chosen if c.value.credit] == []


@pytest.mark.parametrize("line", ["AFP", "Rubriklistenbild: © KCNA/dpa"])
def test_text_before_a_signature_stays_text(line: str) -> None:
    body = "The ferries will keep their winter timetable until the council has decided on the old line."
    page = page_of(inside=f"<div>{IMG}</div>", after=f"<p>{body}</p><p>{line}</p>")
    bare = page_of(after=f"<p>{body}</p><p>{line}</p>")
    texts = [[p.text(p.nodes[i]) for i in read_layout(p, Grammar(context())).prose] for p in (page, bare)]
    assert texts[0] == texts[1]
