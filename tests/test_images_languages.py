"""Captions and credits as pages of many countries print them."""

from __future__ import annotations

import pytest

from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from tests.photo_pages import context, page_of

IMG = '<img src="/img/bridge.jpg" alt="A bridge">'
CAP = "The bridge at noon on Monday, seen from the old ferry pier."

FORMS: list[tuple[str, str, str, str, str]] = [
    (
        "caption paragraph, label with a comment",
        "de",
        f'<figure><picture>{IMG}</picture><figcaption><p>{CAP}</p><span class="font-sansUI">Foto: <!-- -->Kay Nietfeld / dpa</span></figcaption></figure>',
        CAP,
        "Kay Nietfeld / dpa",
    ),
    (
        "copyright with a name inside",
        "de",
        f'<figure>{IMG}<figcaption class="figure__caption"><span class="figure__text">{CAP}</span> <span class="figure__copyright" itemprop="copyrightHolder">©&nbsp;<span itemprop="name">Kay Nietfeld/dpa</span></span></figcaption></figure>',
        CAP,
        "Kay Nietfeld/dpa",
    ),
    (
        "figcaption is the credit",
        "en",
        f'<div class="image"><div class="image__container">{IMG}</div><div class="image__metadata"><div class="image__caption"><span data-editable="metaCaption">{CAP}</span></div><figcaption class="image__credit">Jane Roe/Getty Images</figcaption></div></div>',
        CAP,
        "Jane Roe/Getty Images",
    ),
    (
        "label after spans",
        "en",
        f'<figure>{IMG}<figcaption class="dcr-1"><span class="dcr-2"><svg></svg></span><span class="dcr-3">{CAP}</span> Photograph: Jane Roe/AP</figcaption></figure>',
        CAP,
        "Jane Roe/AP",
    ),
    (
        "french credit span",
        "fr",
        f'<figure class="article__media">{IMG}<figcaption class="article__legend">{CAP} <span class="article__credit">ERIC VIDAL / AFP</span></figcaption></figure>',
        CAP,
        "ERIC VIDAL / AFP",
    ),
    (
        "spanish spans",
        "es",
        f'<figure>{IMG}<figcaption class="a_m_p"><span>El puente a mediodía.</span><span class="a_m_m">Ana Ruiz (EFE)</span></figcaption></figure>',
        "El puente a mediodía.",
        "Ana Ruiz (EFE)",
    ),
    (
        "copyright in brackets",
        "en",
        f'<div class="image-ct"><div class="m"><picture>{IMG}</picture></div><div class="caption"><p>{CAP} <span class="copyright">(AP Photo/Jane Roe)</span></p></div></div>',
        CAP,
        "AP Photo/Jane Roe",
    ),
    (
        "data attributes of a neighbour",
        "en",
        f'<div class="gnt_em_img"><img class="gnt_em_img_i" src="/x.jpg"><div class="gnt_em_img_ccw" data-c-caption="{CAP}" data-c-credit="Jane Roe, USA TODAY"></div></div>',
        CAP,
        "Jane Roe, USA TODAY",
    ),
    (
        "brackets in a span",
        "en",
        f'<figure>{IMG}<figcaption class="font-xxxxs"><span>{CAP} (Jane Roe/The Example Post)</span></figcaption></figure>',
        CAP,
        "Jane Roe/The Example Post",
    ),
    (
        "hr",
        "hr",
        f"<figure>{IMG}<figcaption>Most u ponedjeljak. Foto: Ivan Horvat/Pixsell</figcaption></figure>",
        "Most u ponedjeljak.",
        "Ivan Horvat/Pixsell",
    ),
    (
        "cz",
        "cs",
        f"<figure>{IMG}<figcaption>Most v pondělí. | foto: Jan Novák, ČTK</figcaption></figure>",
        "Most v pondělí.",
        "Jan Novák, ČTK",
    ),
    (
        "hu",
        "hu",
        f"<figure>{IMG}<figcaption>A híd hétfőn délben. Fotó: Kovács Péter / MTI</figcaption></figure>",
        "A híd hétfőn délben.",
        "Kovács Péter / MTI",
    ),
    (
        "gr",
        "el",
        f"<figure>{IMG}<figcaption>Η γέφυρα τη Δευτέρα. Φωτ.: INTIME NEWS</figcaption></figure>",
        "Η γέφυρα τη Δευτέρα.",
        "INTIME NEWS",
    ),
    (
        "tr",
        "tr",
        f"<figure>{IMG}<figcaption>Köprü pazartesi günü. Fotoğraf: Ali Veli/AA</figcaption></figure>",
        "Köprü pazartesi günü.",
        "Ali Veli/AA",
    ),
    (
        "se",
        "sv",
        f"<figure>{IMG}<figcaption>Bron i måndags. Foto: Anna Berg/TT</figcaption></figure>",
        "Bron i måndags.",
        "Anna Berg/TT",
    ),
    (
        "se2",
        "sv",
        f"<figure>{IMG}<figcaption><span>Bron i måndags.</span><span>Bild: Anna Berg</span></figcaption></figure>",
        "Bron i måndags.",
        "Anna Berg",
    ),
    (
        "fi",
        "fi",
        f"<figure>{IMG}<figcaption>Silta maanantaina. Kuva: Matti Virta / Lehtikuva</figcaption></figure>",
        "Silta maanantaina.",
        "Matti Virta / Lehtikuva",
    ),
    (
        "ukr",
        "uk",
        f"<figure>{IMG}<figcaption>Міст у понеділок. Фото: Іван Шевченко / УНІАН</figcaption></figure>",
        "Міст у понеділок.",
        "Іван Шевченко / УНІАН",
    ),
    (
        "ru",
        "ru",
        f'<div class="photo"><div class="photo__img">{IMG}</div><div class="photo__descr">Мост в понедельник</div><div class="photo__author">Фото: Иван Петров / ТАСС</div></div>',
        "Мост в понедельник",
        "Иван Петров / ТАСС",
    ),
    (
        "ar",
        "ar",
        f"<figure>{IMG}<figcaption>الجسر ظهر الاثنين (رويترز)</figcaption></figure>",
        "الجسر ظهر الاثنين",
        "رويترز",
    ),
    (
        "he",
        "he",
        f"<figure>{IMG}<figcaption>הגשר ביום שני (צילום: דני כהן)</figcaption></figure>",
        "הגשר ביום שני",
        "דני כהן",
    ),
    (
        "hi",
        "hi",
        f"<figure>{IMG}<figcaption>सोमवार को पुल। (फोटो: पीटीआई)</figcaption></figure>",
        "सोमवार को पुल।",
        "पीटीआई",
    ),
    (
        "ja1",
        "ja",
        f"<figure>{IMG}<figcaption>月曜日の橋＝東京都で、山田太郎撮影</figcaption></figure>",
        "月曜日の橋＝東京都で",
        "山田太郎撮影",
    ),
    (
        "ja2",
        "ja",
        f"<figure>{IMG}<figcaption>月曜日の橋（ロイター＝共同）</figcaption></figure>",
        "月曜日の橋",
        "ロイター＝共同",
    ),
    (
        "ja3",
        "ja",
        f"<figure>{IMG}<figcaption>月曜日の橋　©AFP/Getty Images</figcaption></figure>",
        "月曜日の橋",
        "AFP/Getty Images",
    ),
    ("zh2", "zh", f"<figure>{IMG}<figcaption>周一的大桥。（路透社）</figcaption></figure>", "周一的大桥。", "路透社"),
    (
        "zh3",
        "zh-TW",
        f"<figure>{IMG}<figcaption>週一的大橋。（圖／記者王小明攝）</figcaption></figure>",
        "週一的大橋。",
        "記者王小明攝",
    ),
    (
        "zh4",
        "zh-TW",
        f"<figure>{IMG}<figcaption>▲週一的大橋。（圖／美聯社）</figcaption></figure>",
        "▲週一的大橋。",
        "美聯社",
    ),
    (
        "ko2",
        "ko",
        f"<figure>{IMG}<figcaption>월요일의 다리. [사진=연합뉴스]</figcaption></figure>",
        "월요일의 다리.",
        "연합뉴스",
    ),
    ("th", "th", f"<figure>{IMG}<figcaption>สะพานวันจันทร์ (ภาพ: AFP)</figcaption></figure>", "สะพานวันจันทร์", "AFP"),
    (
        "id",
        "id",
        f"<figure>{IMG}<figcaption>Jembatan pada Senin. (ANTARA FOTO/Budi Santoso)</figcaption></figure>",
        "Jembatan pada Senin.",
        "ANTARA FOTO/Budi Santoso",
    ),
    (
        "id2",
        "id",
        f"<figure>{IMG}<figcaption>Jembatan pada Senin. Foto: Budi/detikcom</figcaption></figure>",
        "Jembatan pada Senin.",
        "Budi/detikcom",
    ),
    (
        "vn",
        "vi",
        f'<table class="picture"><tr><td>{IMG}</td></tr><tr><td class="caption">Cây cầu hôm thứ Hai. Ảnh: TTXVN</td></tr></table>',
        "Cây cầu hôm thứ Hai.",
        "TTXVN",
    ),
    (
        "ro",
        "ro",
        f"<figure>{IMG}<figcaption>Podul luni. Foto: Inquam Photos / Octav Ganea</figcaption></figure>",
        "Podul luni.",
        "Inquam Photos / Octav Ganea",
    ),
    (
        "pt br",
        "pt",
        f"<figure>{IMG}<figcaption>Ponte na segunda-feira | Pedro Ladeira/Folhapress</figcaption></figure>",
        "Ponte na segunda-feira",
        "Pedro Ladeira/Folhapress",
    ),
    (
        "pt br2",
        "pt",
        f"<figure>{IMG}<figcaption>Ponte na segunda-feira <cite>Foto: Wilton Junior/Estadão</cite></figcaption></figure>",
        "Ponte na segunda-feira",
        "Wilton Junior/Estadão",
    ),
    (
        "nl",
        "nl",
        f"<figure>{IMG}<figcaption><span>{CAP}</span><span>Beeld ANP / Koen van Weel</span></figcaption></figure>",
        CAP,
        "ANP / Koen van Weel",
    ),
    (
        "be",
        "nl",
        f"<figure>{IMG}<figcaption>De brug op maandag. © BELGA</figcaption></figure>",
        "De brug op maandag.",
        "BELGA",
    ),
    ("ie", "en", f"<figure>{IMG}<figcaption>{CAP} Photograph: Alan Betson</figcaption></figure>", CAP, "Alan Betson"),
    (
        "au",
        "en",
        f"<figure>{IMG}<figcaption>{CAP} Picture: News Corp Australia</figcaption></figure>",
        CAP,
        "News Corp Australia",
    ),
    (
        "ca",
        "en",
        f"<figure>{IMG}<figcaption>{CAP} THE CANADIAN PRESS/Sean Kilpatrick</figcaption></figure>",
        CAP,
        "THE CANADIAN PRESS/Sean Kilpatrick",
    ),
    (
        "via and file",
        "en",
        f"<figure>{IMG}<figcaption><p>{CAP} (Jane Roe/The Gazette via AP, File)</p></figcaption></figure>",
        CAP,
        "Jane Roe/The Gazette via AP, File",
    ),
    (
        "toggle words, credit twice",
        "en",
        f'<div class="bucketwrap image"><div class="imagewrap">{IMG}</div><div class="credit-caption"><div class="caption-wrap"><div class="caption"><p>{CAP} <b class="credit">Jane Roe/AP</b> <b class="hide-caption"><b>hide caption</b></b></p></div><b class="toggle-caption"><b>toggle caption</b></b></div><span class="credit">Jane Roe/AP</span></div></div>',
        CAP,
        "Jane Roe/AP",
    ),
    (
        "video poster",
        "en",
        f'<div class="media"><div class="video">{IMG}</div><p class="caption">{CAP} <span class="source">BBC</span></p></div>',
        CAP,
        "BBC",
    ),
    ("plain br", "en", f"<div>{IMG}<br><i>{CAP} Photo: Reuters</i></div>", CAP, "Reuters"),
    ("center small", "en", f"<center>{IMG}<br><small>{CAP} (Photo: AFP)</small></center>", CAP, "AFP"),
    ("em para", "en", f"<p>{IMG}</p><p><em>{CAP} (Jane Roe/Gazette photo)</em></p>", CAP, "Jane Roe/Gazette photo"),
    (
        "image link and label in brackets",
        "en",
        f'<div class="captioned-image-container"><figure><a class="image-link" href="https://cdn.example/fetch/x.jpg"><div>{IMG}</div></a><figcaption class="image-caption">{CAP} (Photo by Jane Roe/Getty Images)</figcaption></figure></div>',
        CAP,
        "Jane Roe/Getty Images",
    ),
]


@pytest.mark.parametrize("place", ["before", "inside"])
@pytest.mark.parametrize(("name", "language", "markup", "caption", "credit"), FORMS, ids=[f[0] for f in FORMS])
def test_form(name: str, language: str, markup: str, caption: str, credit: str, place: str) -> None:
    page = page_of(**{place: markup}, language=language)
    chosen = choose_images(collect(page, context(language)), page, context(language)).chosen
    found = [(c.value.caption and c.value.caption.value, c.value.credit and c.value.credit.value) for c in chosen]
    assert found == [(caption, credit)]
