"""A record in, findings out: true, stable, few, and pointing to the place."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import OptionError, SchemaError
from provenance.model import Severity
from provenance.validation import RULES, validate_collection, validate_record
from provenance.validation.structure import _quick, _validator
from provenance.vocabulary import misuses
from tests.making_records import MISTAKES, archival_record, full_record, good_record, mangled, mistaken


def told(record: Any, **options: Any) -> list[tuple[str, str]]:
    return [(finding.rule, finding.path) for finding in validate_record(record, **options)]


def test_three_hundred_good_records_have_no_finding() -> None:
    findings = [(seed, told(good_record(seed))) for seed in range(300)]
    assert [item for item in findings if item[1]] == []
    assert [seed for seed in range(300) if told(archival_record(seed), profile="archival")] == []


@pytest.mark.parametrize(("rule", "path", "change"), MISTAKES, ids=[f"{rule}:{path}" for rule, path, _ in MISTAKES])
def test_each_mistake_is_one_finding_at_its_place(rule: str, path: str, change: Any) -> None:
    assert told(mistaken(change)) == [(rule, path)]


@pytest.mark.parametrize(
    ("profile", "rule", "path", "change"),
    [
        ("archival", "archival/missing", "", lambda r: r.pop("@id")),
        ("archival", "archival/missing", "", lambda r: r.pop("inLanguage")),
        ("archival", "archival/copy", "/archivedAt", lambda r: r["archivedAt"][0].pop("encoding")),
        (
            "archival",
            "archival/image",
            "/image/0",
            lambda r: r.update(image=[{"@type": "ImageObject", "copyrightNotice": "©"}]),
        ),
        ("google", "google/author", "", lambda r: r.pop("author")),
        ("google", "google/date", "", lambda r: [r.pop("datePublished"), r.pop("dateModified")]),
        ("google", "google/date-time", "/datePublished", lambda r: r.update(datePublished="2024-03-02")),
        ("google", "google/image", "", lambda r: r.pop("image")),
        ("google", "google/image-address", "/image/1", lambda r: r["image"][1].pop("contentUrl")),
    ],
)
def test_profiles_ask_for_more(profile: str, rule: str, path: str, change: Any) -> None:
    record = full_record()
    assert told(record, profile=profile) == []
    change(record)
    assert told(record, profile=profile) == [(rule, path)]
    expected = Severity.WARNING if profile == "google" else Severity.ERROR
    assert validate_record(record, profile=profile)[0].severity is expected


def test_a_missing_property_of_two_profiles_is_one_finding() -> None:
    record = full_record()
    del record["sdPublisher"]
    assert told(record, profile="archival") == [("record/missing-property", "")]


def test_an_object_of_a_wrong_type_says_nothing_of_its_properties() -> None:
    record = full_record()
    record["author"][0] = {"@type": "Robot", "name": 7, "model": "R2"}
    assert told(record) == [("record/type", "/author/0/@type")]


def test_messages_are_short_and_name_field_value_and_expectation() -> None:
    record = full_record()
    record["headline"] = "x" * 5000 + "\n"
    record["articleBody"] = [record["articleBody"]] * 1000
    for finding in validate_record(record):
        assert len(finding.message) < 200
        assert len(finding.found) <= 82
        assert finding.path[1:] in finding.message
        assert finding.expected


def test_the_nearest_name_is_offered() -> None:
    record = full_record()
    record["dateModifed"] = record.pop("dateModified")
    (finding,) = validate_record(record)
    assert finding.expected == "dateModified"
    assert "did you mean dateModified?" in finding.message


@pytest.mark.parametrize("value", [None, [], "text", 7, True, [{}]])
def test_what_is_no_object_is_one_finding(value: Any) -> None:
    assert told(value) == [("record/not-an-object", "")]


def test_deep_nesting_is_a_finding_and_no_crash() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    assert ("record/too-deep", "") in told({**full_record(), "keywords": deep})


def test_levels_change_severity_by_rule_and_by_family() -> None:
    record = full_record()
    record["description"] = record["headline"]
    assert told(record, rules={"text/repeated": Severity.OFF}) == []
    assert told(record, rules={"text": Severity.OFF}) == []
    (finding,) = validate_record(record, rules={"text": Severity.OFF, "text/repeated": Severity.ERROR})
    assert finding.severity is Severity.ERROR


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(OptionError, match="no profile"):
        validate_record({}, profile="gold")


def test_a_schema_of_the_user_is_checked_on_top() -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "required": ["dateline"],
        "properties": {
            "articleSection": {
                "items": {"enum": ["Sport"], "x-code": "house/section", "x-message": "must be one of ours"}
            },
            "publisher": {"$ref": "https://w3id.org/news-provenance/schema/1/core.schema.json#/$defs/organization"},
        },
    }
    found = validate_record(full_record(), schema=schema)
    assert [(f.rule, f.path) for f in found] == [
        ("record/missing-property", ""),
        ("house/section", "/articleSection/0"),
    ]
    assert found[1].message == "articleSection 1 must be one of ours"


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nonsense"},
        {"$ref": "https://elsewhere.example/schema.json"},
        {"$ref": "#"},
        {"properties": {"headline": {"pattern": "("}}},
    ],
)
def test_an_unusable_schema_is_an_error_of_the_schema(schema: dict[str, Any]) -> None:
    with pytest.raises(SchemaError):
        validate_record(full_record(), schema=schema)


# --- the quick answer and the full one -----------------------------------------------------------------------------


def agree(record: Any, name: str) -> None:
    """The quick check may only say yes where jsonschema does; on good records it must."""
    if _quick(name)(record):
        assert not list(_validator(name).iter_errors(record))


@given(st.integers(0, 2**32))
@settings(max_examples=200, deadline=None)
def test_the_quick_answer_is_never_wrong(seed: int) -> None:
    for name in ("core", "archival", "google"):
        agree(mangled(seed), name)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "name", "url", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(full_record())), json_values)
@settings(max_examples=100, deadline=None)
def test_the_quick_answer_is_never_wrong_on_any_json(name: str, value: Any) -> None:
    record = {**full_record(), name: value}
    agree(record, "archival")
    validate_record(record, profile="archival")


@given(st.sampled_from(["headline", "url", "datePublished", "inLanguage", "description"]), st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_the_quick_answer_is_never_wrong_on_any_text(name: str, text: str) -> None:
    agree({**full_record(), name: text}, "core")


def test_good_records_need_no_jsonschema() -> None:
    assert all(_quick("core")(good_record(seed)) for seed in range(100))
    assert all(_quick("archival")(archival_record(seed)) for seed in range(100))


@given(json_values)
@settings(max_examples=100, deadline=None)
def test_nothing_in_a_record_raises(value: Any) -> None:
    record = {name: copy.deepcopy(value) for name in full_record()}
    validate_record(
        record, profile="archival", evidence={"evidence": value, "notes": value, "record": value, "capture": value}
    )


# --- evidence ------------------------------------------------------------------------------------------------------


def evidence_for(record: dict[str, Any]) -> dict[str, Any]:
    from provenance.evidence import record_digest

    quote = {"type": "TextQuoteSelector", "exact": record["headline"], "prefix": "", "suffix": ""}
    selector = {"type": "XPathSelector", "value": "/html/body/h1", "refinedBy": [quote]}
    entries = [
        {"path": f"/{name}", "basis": "normalised", "source": "meta", "rule": "x/y", "confidence": "stated"}
        for name in record
        if not name.startswith("@")
    ]
    entries[1].update(basis="verbatim", selector=selector, path="/headline")
    return {
        "$schema": "https://w3id.org/news-provenance/schema/1/evidence.schema.json",
        "record": {"id": record["@id"], "sha256": record_digest(record)},
        "capture": {
            "sha256": record["archivedAt"][0]["encoding"]["sha256"],
            "mediaType": "text/html",
            "url": record["url"],
        },
        "activity": {"tool": "provenance", "version": "0.1.0"},
        "evidence": entries,
    }


def test_a_record_with_its_evidence_has_no_finding() -> None:
    record = full_record()
    assert told(record, evidence=evidence_for(record)) == []


@pytest.mark.parametrize(
    ("rule", "path", "change"),
    [
        ("evidence/missing", "/description", lambda e: e["evidence"].pop(2)),
        (
            "evidence/no-such-value",
            "",
            lambda e: e["evidence"].append({"path": "/dateline", "basis": "verbatim", "rule": "x/y"}),
        ),
        (
            "evidence/value-differs",
            "/headline",
            lambda e: e["evidence"][1]["selector"]["refinedBy"][0].update(exact="Other"),
        ),
        (
            "evidence/other-record",
            "/@id",
            lambda e: e["record"].update(id="urn:uuid:00000000-0000-5000-8000-000000000000"),
        ),
        ("evidence/record-changed", "", lambda e: e["record"].update(sha256="0" * 64)),
        ("evidence/other-capture", "/archivedAt", lambda e: e["capture"].update(sha256="0" * 64)),
        ("evidence/form", "", lambda e: e["evidence"][3].update(basis="guessed")),
        ("url/other-site", "/url", lambda e: e["capture"].update(url="https://reprints.example/1")),
        (
            "conflict/headline",
            "/headline",
            lambda e: e.update(notes=[{"code": "conflict/headline", "message": "a, b"}]),
        ),
        ("conflict/other", "", lambda e: e.update(notes=[{"code": "conflict/newField", "message": "a, b"}])),
        ("page/cut-short", "", lambda e: e.update(notes=[{"code": "input.truncated", "message": "cut"}])),
        ("page/limit", "", lambda e: e.update(notes=[{"code": "limit.bytes", "message": "cut"}])),
    ],
)
def test_what_does_not_fit_the_evidence_is_found(rule: str, path: str, change: Any) -> None:
    record = full_record()
    evidence = evidence_for(record)
    change(evidence)
    assert told(record, evidence=evidence) == [(rule, path)]


# --- collections ---------------------------------------------------------------------------------------------------


def test_what_occurs_twice_in_a_collection_is_found_at_the_second_place() -> None:
    first, second, third = full_record(), full_record(), full_record()
    third["@id"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
    found = list(validate_collection([("a#1", first), ("a#2", second), ("b", third), ("c", {}), ("d", [])]))
    assert [(f.rule, f.locator) for f in found] == [("collection/same-id", "a#2"), ("collection/same-url", "b")]
    assert "a#1" in found[0].message


# --- the table -----------------------------------------------------------------------------------------------------


def test_every_code_of_the_schemas_is_a_rule() -> None:
    from provenance.validation.schemas import PROFILES, shipped

    codes = {code for name in PROFILES for code in _codes(shipped(name))}
    assert codes
    assert codes <= RULES.keys()


def _codes(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["x-code"]} if isinstance(schema.get("x-code"), str) else set()
        return own.union(*map(_codes, schema.values()))
    return set().union(*map(_codes, schema)) if isinstance(schema, list) else set()


def test_every_rule_says_what_and_what_to_do() -> None:
    for rule in RULES.values():
        assert rule.sentence.endswith(".")
        assert rule.remedy.endswith(".")
        assert rule.id.count("/") == 1


def test_the_replay_speaks_in_rules_of_the_table() -> None:
    import re
    from pathlib import Path

    import provenance

    text = "".join(
        (Path(provenance.__file__).parent / name).read_text("utf-8") for name in ("evidence.py", "verifying.py")
    )
    used = set(re.findall(r'"(evidence/[a-z-]+)"', text))
    assert used
    assert used <= RULES.keys()


# --- vocabulary ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "kind", "key", "near"),
    [
        ({"@type": "NewsArticle", "headLine": "x"}, "unknown-property", "headLine", "headline"),
        ({"@type": "https://schema.org/NewsArticle", "wordcount": 5}, "unknown-property", "wordcount", "wordCount"),
        ({"@type": "NewsArticle", "isBasedOnUrl": "https://a.example/"}, "superseded", "isBasedOnUrl", "isBasedOn"),
        ({"@type": "Person", "headline": "x"}, "wrong-domain", "headline", ""),
        ({"@type": "NewsArticle", "author": "Ana Bell"}, "wrong-range", "author", "Organization or Person"),
        (
            {"@type": "NewsArticle", "publisher": {"@type": "ImageObject"}},
            "wrong-range",
            "publisher",
            "Organization or Person",
        ),
        ({"@type": "NewsArticle", "datePublished": "Jan 17, 2025"}, "wrong-range", "datePublished", "Date or DateTime"),
        ({"@type": "ImageObject", "width": 1200}, "bare-number", "width", "Distance or QuantitativeValue"),
        ({"@type": "Newsarticle"}, "misspelt-type", "@type", "NewsArticle"),
    ],
)
def test_wrong_uses_of_terms(node: dict[str, Any], kind: str, key: str, near: str) -> None:
    (found,) = misuses(node)
    assert (found[0], found[1].kind, found[1].near) == (key, kind, near)


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Recipe", "cookTime": 5, "nonsense": 1},
        {"@type": ["NewsArticle", "SomethingNew"], "nonsense": 1},
        {"@id": "https://a.example/#org", "name": "x"},
        {
            "@type": "NewsArticle",
            "author": {"@id": "#ana"},
            "image": "https://a.example/1.jpg",
            "isAccessibleForFree": "False",
        },
        {"@type": "NewsArticle", "publisher": {"@type": "NewsMediaOrganization", "name": "x"}, "wordCount": "512"},
        {"@type": "NewsArticle", "author": {"@type": "Role", "author": {"@type": "Person"}}},
        {"@type": "NewsArticle", "potentialAction": {"@type": "ReadAction", "target": "https://a.example/"}},
        {"@type": "WebSite", "potentialAction": {"@type": "SearchAction", "query-input": "required name=q"}},
    ],
)
def test_right_uses_and_unknown_types_are_left_alone(node: dict[str, Any]) -> None:
    assert list(misuses(node)) == []


def test_good_records_use_the_vocabulary_rightly() -> None:
    def nodes(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            return [value, *(node for part in value.values() for node in nodes(part))]
        return [node for part in value for node in nodes(part)] if isinstance(value, list) else []

    for seed in range(60):
        wrong = [found for node in nodes(good_record(seed)) for found in misuses(node)]
        assert not wrong, json.dumps(good_record(seed))
