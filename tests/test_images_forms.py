"""Every printed form of a photo's caption and credit gives one photo with both, each in its own slot."""

from __future__ import annotations

import pytest

from provenance.photo_choice import choose_images
from provenance.rules.images import collect
from tests.photo_pages import context, page_of

IMG = '<img src="/img/bridge-1200x800.jpg" alt="A bridge">'
CAP = "The bridge at noon on Monday, seen from the old ferry pier."

FORMS: list[tuple[str, str, str, str | None, str]] = [
    # name, language, markup, caption, credit
    (
        "figcaption, label",
        "en",
        f"<figure>{IMG}<figcaption>{CAP} Photo: Jane Roe/AP</figcaption></figure>",
        CAP,
        "Jane Roe/AP",
    ),
    (
        "figcaption, brackets",
        "en",
        f"<figure>{IMG}<figcaption>{CAP} (AP Photo/Jane Roe)</figcaption></figure>",
        CAP,
        "AP Photo/Jane Roe",
    ),
    (
        "unlabelled brackets",
        "en",
        f"<figure>{IMG}<figcaption>{CAP} (Harbour Trust)</figcaption></figure>",
        CAP,
        "Harbour Trust",
    ),
    (
        "own span",
        "en",
        f'<figure>{IMG}<figcaption><span>{CAP}</span><span class="x1">Jane Roe/Reuters</span></figcaption></figure>',
        CAP,
        "Jane Roe/Reuters",
    ),
    (
        "obfuscated classes, no space",
        "de",
        f'<figure class="a">{IMG}<figcaption class="b"><span class="c">{CAP}</span><span class="d">Lena Krug/dpa</span></figcaption></figure>',
        CAP,
        "Lena Krug/dpa",
    ),
    (
        "credit element",
        "en",
        f'<figure>{IMG}<figcaption>{CAP} <span class="credit">Jane Roe</span></figcaption></figure>',
        CAP,
        "Jane Roe",
    ),
    (
        "credit with hidden label twice",
        "en",
        f'<figure>{IMG}<figcaption><span class="k1">{CAP}</span><span class="k2"><span class="k3">Credit</span><span aria-hidden="true">Credit...</span><span>Jane Roe/The Example Times</span></span></figcaption></figure>',
        CAP,
        "Jane Roe/The Example Times",
    ),
    (
        "source before caption",
        "en",
        f'<figure><div>{IMG}<span class="SourceText">Getty Images</span></div><figcaption><span class="visually-hidden">Image caption, </span>{CAP}</figcaption></figure>',
        CAP,
        "Getty Images",
    ),
    (
        "image source label",
        "en",
        f'<figure><div>{IMG}<p><span class="visually-hidden">Image source, </span>Getty Images</p></div><figcaption><span class="visually-hidden">Image caption, </span>{CAP}</figcaption></figure>',
        CAP,
        "Getty Images",
    ),
    (
        "two figcaptions",
        "en",
        f'<div class="media"><figure>{IMG}</figure></div><div class="caption"><figcaption itemprop="caption">{CAP}</figcaption><figcaption itemprop="author">Photo: Jane Roe</figcaption></div>',
        CAP,
        "Jane Roe",
    ),
    (
        "figure footer",
        "de",
        f"<figure>{IMG}<footer>APA/Georg Hoch</footer><figcaption>{CAP}</figcaption></figure>",
        CAP,
        "APA/Georg Hoch",
    ),
    (
        "cite",
        "en",
        f"<figure>{IMG}<figcaption><p>{CAP}</p><cite>AP Photo/Jane Roe, File</cite></figcaption></figure>",
        CAP,
        "AP Photo/Jane Roe, File",
    ),
    (
        "small lines",
        "de",
        f'<div class="y">{IMG}<div><small>{CAP}</small><small>© VS Tristach</small></div></div>',
        CAP,
        "VS Tristach",
    ),
    (
        "div classes",
        "en",
        f'<div class="article-image">{IMG}<div class="image-info"><p class="image-caption">{CAP}</p><p class="image-credit">Jane Roe / Gazette</p></div></div>',
        CAP,
        "Jane Roe / Gazette",
    ),
    (
        "underscored classes",
        "ko",
        f'<span class="end_photo_org">{IMG}<em class="img_desc">월요일 정오 낡은 여객선 부두에서 본 다리의 모습이다. /연합뉴스</em></span>',
        "월요일 정오 낡은 여객선 부두에서 본 다리의 모습이다.",
        "연합뉴스",
    ),
    (
        "wordpress",
        "de",
        f'<div class="wp-caption alignleft">{IMG}<p class="wp-caption-text">{CAP} Foto: Lena Krug</p></div>',
        CAP,
        "Lena Krug",
    ),
    (
        "joined neighbours",
        "en",
        f'<figure>{IMG}<figcaption><span class="caption">{CAP}</span> <span class="credit">Photo by JANE ROE</span> /<span class="distributor">AFP via Getty Images</span></figcaption></figure>',
        CAP,
        "JANE ROE /AFP via Getty Images",
    ),
    (
        "full credit in caption, short one beside",
        "en",
        f'<figure>{IMG}<figcaption><span class="capText">{CAP} (AP Photo/Jane Roe)</span> <span class="captionCredit">AP Photo</span></figcaption></figure>',
        CAP,
        "AP Photo/Jane Roe",
    ),
    (
        "title attribute",
        "de",
        f'<div><img src="/img/b.jpg" alt="Brücke" title="{CAP} | Bild: picture alliance/dpa | Lena Krug"></div>',
        CAP,
        "picture alliance/dpa | Lena Krug",
    ),
    (
        "data attributes",
        "en",
        '<div class="z"><img src="/img/b.jpg" data-c-caption="'
        + CAP
        + '" data-c-credit="Jane Roe, EXAMPLE NEWS"></div>',
        CAP,
        "Jane Roe, EXAMPLE NEWS",
    ),
    ("plain next paragraph", "en", f'<div class="box">{IMG}</div><p>Photo: AFP</p>', None, "AFP"),
    (
        "caption paragraph with label",
        "de",
        f"<div>{IMG}</div><p>{CAP} (Foto: picture alliance/Kyodo)</p>",
        CAP,
        "picture alliance/Kyodo",
    ),
    (
        "table with caption cell",
        "en",
        f'<table align="right"><tr><td>{IMG}</td></tr><tr><td><font size="1">{CAP} (AP)</font></td></tr></table>',
        CAP,
        "AP",
    ),
    (
        "centred paragraphs",
        "zh",
        f'<p align="center">{IMG}</p><p align="center"><font color="navy">3月4日，人们走过重新开放的大桥。新华社记者 李明 摄</font></p>',
        "3月4日，人们走过重新开放的大桥。",
        "新华社记者 李明 摄",
    ),
    (
        "japanese brackets",
        "ja",
        f"<figure>{IMG}<figcaption>月曜日の正午、古い渡し場から見た橋（共同）</figcaption></figure>",
        "月曜日の正午、古い渡し場から見た橋",
        "共同",
    ),
    (
        "lead in a link to the large image",
        "en",
        f'<a href="/img/bridge.jpg" class="zoom">{IMG}</a><div class="copyright">Reuters</div>',
        None,
        "Reuters",
    ),
    (
        "gallery page link",
        "en",
        f'<figure><a href="/photo/123"><img src="/img/b.jpg" alt=""></a><figcaption>{CAP} <span>Jane Roe/EPA</span></figcaption></figure>',
        CAP,
        "Jane Roe/EPA",
    ),
    (
        "button around the image",
        "en",
        f'<button>{IMG}<figcaption class="f">{CAP} <span class="caption-credit">(Image: Jane Roe)</span></figcaption></button>',
        CAP,
        "Jane Roe",
    ),
    (
        "lazy loading",
        "en",
        f'<figure><img src="data:image/gif;base64,R0lGOD" data-src="/img/b.jpg"><noscript><img src="/img/b.jpg"></noscript><figcaption>{CAP} © Jane Roe</figcaption></figure>',
        CAP,
        "Jane Roe",
    ),
    (
        "amp",
        "en",
        f'<figure><amp-img src="/img/b.jpg" width="800" height="600"></amp-img><figcaption>{CAP} Credit: Reuters</figcaption></figure>',
        CAP,
        "Reuters",
    ),
    (
        "caption without the image",
        "en",
        f'<div class="placeholder"></div><div class="embed-caption">{CAP} (AP Photo/Jane Roe)</div>',
        CAP,
        "AP Photo/Jane Roe",
    ),
    (
        "portuguese dash",
        "pt",
        f"<figure>{IMG}<figcaption>A ponte ao meio-dia de segunda-feira - Pedro Lado/Folhapress</figcaption></figure>",
        "A ponte ao meio-dia de segunda-feira",
        "Pedro Lado/Folhapress",
    ),
    (
        "portuguese label",
        "pt",
        f'<figure>{IMG}<p class="media__caption">A ponte ao meio-dia de segunda-feira. — Foto: Ana Lima/TV Exemplo</p></figure>',
        "A ponte ao meio-dia de segunda-feira.",
        "Ana Lima/TV Exemplo",
    ),
    (
        "russian copyright",
        "ru",
        f'<div class="media">{IMG}<div class="media__copyright">© РИА Новости / Иван Петров</div></div>',
        None,
        "РИА Новости / Иван Петров",
    ),
    (
        "polish label",
        "pl",
        f"<figure>{IMG}<figcaption>Most w poniedziałek w południe. Fot. Jan Nowak / PAP</figcaption></figure>",
        "Most w poniedziałek w południe.",
        "Jan Nowak / PAP",
    ),
    (
        "french capitals",
        "fr",
        f"<figure>{IMG}<figcaption>Le pont, lundi 4 mars à midi. ERIC VIDAL / AFP</figcaption></figure>",
        "Le pont, lundi 4 mars à midi.",
        "ERIC VIDAL / AFP",
    ),
    (
        "spanish strong",
        "es",
        f"<figure>{IMG}<figcaption>El puente a mediodía del lunes. <strong>Ana Ruiz</strong></figcaption></figure>",
        "El puente a mediodía del lunes.",
        "Ana Ruiz",
    ),
    (
        "hindu bar",
        "en",
        f'<div class="picture">{IMG}<p class="caption">{CAP} | Photo Credit: Special Arrangement</p></div>',
        CAP,
        "Special Arrangement",
    ),
    (
        "unsplash links",
        "en",
        f'<figure>{IMG}<figcaption>Photo by <a href="https://photos.example/u">Jane Roe</a> on <a href="https://unsplash.com">Unsplash</a></figcaption></figure>',
        None,
        "Jane Roe on Unsplash",
    ),
    (
        "microdata meta",
        "en",
        f'<figure itemprop="image" itemscope><meta itemprop="url" content="/img/b.jpg"><meta itemprop="copyrightHolder" content="Jane Roe/Reuters">{IMG}<figcaption>{CAP}</figcaption></figure>',
        CAP,
        "Jane Roe/Reuters",
    ),
    (
        "danish byline",
        "da",
        f'<figure>{IMG}<figcaption><span class="caption__text">{CAP}</span><span class="caption__byline">Foto: Mads Holm/Ritzau Scanpix</span></figcaption></figure>',
        CAP,
        "Mads Holm/Ritzau Scanpix",
    ),
    ("dutch copyright", "nl", f"<figure>{IMG}<figcaption>{CAP} © ANP</figcaption></figure>", CAP, "ANP"),
    (
        "second figcaption named author",
        "da",
        f'<div class="head"><figure>{IMG}<figcaption itemprop="caption">{CAP}</figcaption><figcaption itemprop="author">Mads Holm</figcaption></figure></div>',
        CAP,
        "Mads Holm",
    ),
    (
        "source beside a caption",
        "de",
        f'<div class="image clearfix">{IMG}<span class="caption">{CAP}</span><span class="source">Lena Krug</span></div>',
        CAP,
        "Lena Krug",
    ),
    (
        "source in a box of images",
        "uk",
        f'<div class="post-photo image">{IMG}<div class="source">Андрій Шевчук</div></div>',
        None,
        "Андрій Шевчук",
    ),
    (
        "account in a source",
        "en",
        f'<figure>{IMG}<figcaption>{CAP}</figcaption><span class="source">@harbourwatch</span></figure>',
        CAP,
        "@harbourwatch",
    ),
    (
        "name last in a box of images",
        "de",
        f'<div class="article-picture">{IMG}<p>{CAP} <span>Lena Krug</span></p></div>',
        CAP,
        "Lena Krug",
    ),
    (
        "name between photo and caption",
        "en",
        f'<figure>{IMG}<div class="x7">Martin Ellwood</div><figcaption>{CAP}</figcaption></figure>',
        CAP,
        "Martin Ellwood",
    ),
    (
        "caption after a line break",
        "fr",
        f"<figure>{IMG}<figcaption>{CAP}<br>HÉLÈNE MARCHAND</figcaption></figure>",
        CAP,
        "HÉLÈNE MARCHAND",
    ),
    (
        "agency under an unmarked caption",
        "it",
        f'<div class="s1"><div>{IMG}</div><div class="s2">{CAP}</div><div class="s3">Ansa</div></div>',
        CAP,
        "Ansa",
    ),
    (
        "short Japanese caption",
        "ja",
        f"<figure>{IMG}<figcaption><span>港の橋を渡る人たち</span><span>佐藤美咲／共同</span></figcaption></figure>",
        "港の橋を渡る人たち",
        "佐藤美咲／共同",
    ),
    (
        "button words",
        "en",
        f"<figure>{IMG}<figcaption>{CAP} Jane Roe/NPR hide caption</figcaption></figure>",
        CAP,
        "Jane Roe/NPR",
    ),
]


@pytest.mark.parametrize("place", ["before", "inside"])
@pytest.mark.parametrize(("name", "language", "markup", "caption", "credit"), FORMS, ids=[f[0] for f in FORMS])
def test_form(name: str, language: str, markup: str, caption: str | None, credit: str, place: str) -> None:
    page = page_of(**{place: markup}, language=language)
    chosen = choose_images(collect(page, context(language)), page, context(language)).chosen
    assert len(chosen) == 1
    photo = chosen[0].value
    assert photo.credit is not None
    assert photo.credit.value == credit
    assert (photo.caption.value if photo.caption else None) == caption
