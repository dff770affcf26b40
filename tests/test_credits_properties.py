"""What holds for every text: no crash, spans quote the text, nothing is invented, look-ups agree with the authority file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.credits.authorities import agencies, publisher_of
from provenance.credits.byline import parse_byline
from provenance.credits.caption import split_caption
from provenance.credits.hints import may_credit, may_photo_credit, names_agency
from provenance.credits.photo import parse_photo_credit
from provenance.credits.phrases import Finder, lowered
from provenance.credits.signoff import parse_dateline, parse_signoff
from provenance.credits.values import Mention
from provenance.credits.words import flat
from provenance.model import House

LANGUAGES = st.sampled_from([None, "en", "de", "fr", "es", "it", "ru", "ja", "ko", "zh", "ar", "nb", "pl", "xx"])
PIECES = st.sampled_from(
    "By|Von|Par|Por|di|Jane Roe|Max Muster|Reuters|AFP|dpa|ANSA|EFE|共同|Getty Images|Foto:|Photo by|©|(c)|2024|(|)|[|]|,|;|"
    "/| / |and|und|et|y|with|mit|avec|for|via|staff|agencies|Agenturen|Editor|editing by|Source:|Quelle:|—|-|.|\n|  |"
    "in Paris|May 20, 2021|All rights reserved|File photo|MOSCOW|【|】|＝|記者|山田太郎|기자|홍길동|The|the|of|O’Regan|ß|İ|e.|"
    "contributed to this report|originally published by|The Conversation|@jane|jane@example.org|12:30|www.example.org".split(
        "|"
    )
)
LINES = st.one_of(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
    st.text(max_size=120),
)
HOUSES = st.sampled_from(
    [House(), House(("The Example Gazette",), "example.org"), House(("Reuters",), "reuters.com", "reuters")]
)


def mentions_of(text: str, language: str | None, house: House) -> Iterator[Mention]:
    for parse in (parse_byline, parse_signoff, parse_dateline):
        read = parse(text, language, None, house)
        yield from read.mentions
        assert 0 <= read.span[0] <= read.span[1] <= len(text)
        if read.place:
            assert 0 <= read.place[0] <= read.place[1] <= len(text)
    photo = parse_photo_credit(text, language, None, house)
    yield from (*photo.creators, *photo.sources, *photo.providers)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(LINES, LANGUAGES, HOUSES)
@example("İİİ By Jane Roe", "en", House())
@example("(((((((((((((((((((", "en", House())
@example("／" * 60, "ja", House())
def test_every_mention_stands_in_the_text(text: str, language: str | None, house: House) -> None:
    for mention in mentions_of(text, language, house):
        start, end = mention.span
        assert 0 <= start < end <= len(text)
        if mention.party.kind == "person":
            assert mention.party.name == text[start:end]
        if mention.agency_span:
            assert text[mention.agency_span[0] : mention.agency_span[1]].strip()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(LINES, LANGUAGES)
def test_photo_credit_and_caption_quote_the_text(text: str, language: str | None) -> None:
    photo = parse_photo_credit(text, language)
    assert photo.credit == text[photo.span[0] : photo.span[1]]
    assert not (photo.refused and (photo.credit or photo.named))
    split = split_caption(text, language)
    assert split.caption == text[split.caption_span[0] : split.caption_span[1]]
    if split.credit_span is not None:
        assert split.credit == text[split.credit_span[0] : split.credit_span[1]]
        assert split.credit.strip()
        assert split.caption_span[1] <= split.credit_span[0] or not split.caption


@settings(max_examples=200, deadline=None, derandomize=True)
@given(LINES, LANGUAGES, HOUSES)
def test_own_house_is_never_a_source(text: str, language: str | None, house: House) -> None:
    for parse in (parse_byline, parse_signoff, parse_dateline):
        for mention in parse(text, language, None, house).agencies:
            assert house.agency is None or mention.party.agency != house.agency


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_plain_forms_keep_every_position(text: str) -> None:
    assert len(flat(text)) == len(text)
    assert len(lowered(text)) == len(text)


@pytest.mark.parametrize(
    "filler", ["a ", "By ", "(", ") ", "AFP/", "Foto: ", "・", "- ", "． ", "Jane Roe, ", "\n", "©", "「"]
)
def test_long_input_is_read_whole_or_cut_but_never_hangs(filler: str) -> None:
    text = filler * (20_000 // len(filler))
    for parse in (parse_byline, parse_signoff, parse_dateline):
        assert parse(text, "en").span[1] <= len(text)
    assert parse_photo_credit(text, "en").refused or len(parse_photo_credit(text, "en").credit) <= 250
    assert split_caption(text, "en").caption is not None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(agencies().aliases)), LANGUAGES)
def test_cheap_tests_never_miss_an_agency(alias: str, language: str | None) -> None:
    assert names_agency(f"x {alias} y")
    assert may_credit(f"({alias})", language)
    assert may_photo_credit(f"A man. {alias}", language)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(agencies().rows)))
def test_every_agency_is_found_by_its_own_name(agency: str) -> None:
    authority = agencies()
    party = authority.party(agency)
    assert party.agency == agency
    assert authority.lookup(party.name, country=authority.rows[agency][3]) is not None
    assert party.display


def test_shared_names_follow_the_country_then_the_language() -> None:
    authority = agencies()
    assert authority.lookup_id("CNA", country="TW") == "cna-tw"
    assert authority.lookup_id("ANA", language="el") == "ana-mpa"
    assert authority.lookup_id("ANP", country="NL") == "anp"


def test_weak_names_count_only_in_a_credit_slot() -> None:
    authority = agencies()
    assert authority.lookup("Petra") is not None
    assert authority.lookup("Petra", slot=False) is None
    assert authority.lookup("Reuters", slot=False) is not None
    assert authority.lookup("reuter s") is None


def test_domains_and_hosts_lead_to_their_owners() -> None:
    party = agencies().by_domain("www.apnews.com")
    assert party is not None
    assert party.agency == "ap"
    assert agencies().by_domain("notapnews.com") is None
    publisher = publisher_of("www.themoscowtimes.com")
    assert publisher is not None
    assert publisher.name == "The Moscow Times"
    assert publisher_of("no-such-paper.example") is None


def test_finder_takes_the_longest_phrase_and_whole_words() -> None:
    finder = Finder([("by", "one"), ("by the", "two"), ("写真:", "three")])
    assert [(f.kind, f.text) for f in finder.finditer("Bystander by The sea BY")] == [("two", "by The"), ("one", "BY")]
    assert finder.search("資料写真: 共同") is not None
    assert finder.search("Derby") is None
