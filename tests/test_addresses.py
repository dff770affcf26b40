"""Addresses: registrable domains, one spelling, and nothing lost that a server may need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.addresses import (
    host_of,
    is_archive,
    is_front,
    is_public,
    label_of,
    registrable,
    same_site,
    site_host,
    tidy,
)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.com", "example.com"),
        ("news.example.co.uk", "example.co.uk"),
        ("example.co.uk", "example.co.uk"),
        ("www.example.com.au", "example.com.au"),
        ("www.example.or.jp", "example.or.jp"),
        ("edition.example.de", "example.de"),
        ("jane.blogspot.com", "jane.blogspot.com"),
        ("192.0.2.7", "192.0.2.7"),
        ("localhost", "localhost"),
    ],
)
def test_the_registrable_domain(host, domain):
    assert registrable(host) == domain


def test_same_site_needs_the_same_registrable_domain():
    assert same_site("https://www.example.co.uk/a", "http://amp.example.co.uk/b")
    assert not same_site("https://one.co.uk/a", "https://two.co.uk/a")
    assert not same_site("https://a.substack.com/", "https://b.substack.com/")
    assert not same_site("", "")


@pytest.mark.parametrize(
    ("url", "tidied"),
    [
        ("HTTPS://WWW.Example.COM/Path?ID=7#top", "https://www.example.com/Path?ID=7"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:8080", "http://example.com:8080/"),
        ("https://example.com/a?utm_source=x&id=3&fbclid=y&b", "https://example.com/a?id=3&b"),
        ("https://example.com/a?utm_source=x", "https://example.com/a"),
        ("https://example.com/a?ref=home", "https://example.com/a?ref=home"),
        ("https://Bücher.example/straße 1?q=ä", "https://xn--bcher-kva.example/stra%C3%9Fe%201?q=%C3%A4"),
        ("https://example.com/a%20b", "https://example.com/a%20b"),
        ("not an address", "not an address"),
    ],
)
def test_one_spelling(url, tidied):
    assert tidy(url) == tidied


@pytest.mark.parametrize(
    "url", ["http://[", "javascript:alert(1)", "https:///paths/17", "//example.com", None, "http://a:99999/"]
)
def test_what_is_no_address_has_no_host(url):
    assert host_of(url) == ""


def test_dress_label_and_front_page():
    assert site_host("www.m.example.org") == "example.org"
    assert label_of("www.thegazette.co.uk") == "thegazette"
    assert is_front("https://example.org/index.html")
    assert not is_front("https://example.org/?p=3")
    assert not is_front("https://example.org/2021/05/20/story")


@given(st.text(max_size=60))
def test_tidy_is_stable_and_never_fails(text):
    once = tidy(f"https://example.org/{text}")
    assert tidy(once) == once
    assert host_of(text) == host_of(text).lower()


def test_archives_and_private_hosts_are_told_apart_from_publishers():
    assert is_archive("https://web.archive.org/web/2020/http://example.org/")
    assert not is_archive("https://example.org/")
    assert is_public("https://example.org/")
    assert not is_public("http://127.0.0.1:8765/a")
    assert not is_public("http://localhost/a")
