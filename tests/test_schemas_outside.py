"""A record stands outside: JSON-LD processors, RDF graphs, strict models of the vocabulary, shapes."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from provenance.validation.schemas import shipped
from provenance.vocabulary import vocabulary
from tests.making_records import archival_record, full_record, good_record

HTTP = "http://schema.org/"
IRIS = "url sameAs license usageInfo acquireLicensePage publishingPrinciples sdLicense contentUrl digitalSourceType".split()
DATES = "datePublished dateModified dateCreated sdDatePublished".split()
CONTEXT: dict[str, Any] = {
    "@vocab": HTTP,
    **{name: {"@id": f"{HTTP}{name}", "@type": "@id"} for name in IRIS},
    **{name: {"@id": f"{HTTP}{name}", "@type": f"{HTTP}Date"} for name in DATES},
}
"""A context of our own that types what schema.org's types; the official one is not shipped with the tests."""

RECORDS = [
    full_record(),
    *(good_record(seed) for seed in range(12)),
    *(archival_record(seed) for seed in range(12, 20)),
]


def nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(node for part in value.values() for node in nodes(part))]
    return [node for part in value for node in nodes(part)] if isinstance(value, list) else []


def own_terms() -> set[str]:
    core = shipped("core")
    listed = [core, *core["$defs"].values()]
    return {name for part in listed for name in part.get("properties", {}) if not name.startswith("@")}


def test_pyld_knows_every_term() -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed (pip install PyLD)")
    for record in RECORDS:
        (expanded,) = jsonld.expand({**record, "@context": CONTEXT})
        stated = Counter(frozenset(name for name in node if not name.startswith("@")) for node in nodes(record))
        kept = Counter(
            frozenset(name.removeprefix(HTTP) for name in node if not name.startswith("@"))
            for node in expanded_nodes(expanded)
        )
        assert kept == stated
        assert frozenset().union(*kept) <= vocabulary().properties.keys()


def expanded_nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    found = [node]
    for name, values in node.items():
        if not name.startswith("@"):
            found += [
                below
                for value in values
                if "@type" in value and "@value" not in value
                for below in expanded_nodes(value)
            ]
    return found


def test_pyld_and_rdflib_read_the_same_graph() -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed (pip install PyLD)")
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (pip install rdflib)")
    from rdflib.compare import isomorphic

    for record in RECORDS:
        document = {**record, "@context": CONTEXT}
        quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
        first = rdflib.Graph().parse(data=quads, format="nt")
        second = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
        assert len(first) > 10
        assert isomorphic(first, second)


def test_two_different_records_are_two_different_graphs() -> None:
    """The comparison above can fail."""
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (pip install rdflib)")
    from rdflib.compare import isomorphic

    one, other = full_record(), full_record()
    other["author"][0]["name"] = "Another"
    graphs = [rdflib.Graph().parse(data=json.dumps({**r, "@context": CONTEXT}), format="json-ld") for r in (one, other)]
    assert not isomorphic(*graphs)


# --- strict models of the vocabulary ------------------------------------------------------------------------------


@cache
def registry() -> Any:
    return pytest.importorskip(
        "schema_org.registry", reason="schema-org-py is not installed (pip install schema-org-py)"
    )


def modelled(value: Any, name: str = "") -> Any:
    """A value as the models want it: objects as models of their types, dates as Python's."""
    if isinstance(value, dict):
        parts = {key: modelled(part, key) for key, part in value.items() if key not in ("@context", "@type")}
        return registry().get_model(value["@type"]).model_validate(parts)
    if isinstance(value, list):
        return [modelled(part, name) for part in value]
    if name in DATES and isinstance(value, str):
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value


def test_strict_models_accept_every_record() -> None:
    for record in RECORDS:
        assert modelled(record).headline == record["headline"]


@pytest.mark.parametrize(
    "change",
    [
        {"headLine": "x"},
        {"author": 7},
        {"publisher": {"@type": "ImageObject"}},
        {"editor": [{"@type": "Organization", "name": "x"}]},
        {"datePublished": "soon"},
    ],
)
def test_strict_models_refuse_what_is_wrong(change: dict[str, Any]) -> None:
    """The comparison above can fail."""
    with pytest.raises(ValueError):
        modelled(full_record() | change)


def test_our_table_of_terms_agrees_with_an_independent_copy() -> None:
    known, words = registry().PROPERTY_BY_SCHEMA, vocabulary()
    assert own_terms() <= words.properties.keys()
    for name, (domains, ranges) in words.properties.items():
        other = known[name]
        assert domains <= set(other.domains), name
        assert ranges == set(other.ranges), name
        assert (name in words.superseded) == bool(other.superseded_by), name
        if name in words.superseded:
            assert other.superseded_by.endswith(words.superseded[name])
    for kind, above in words.types.items():
        assert set(above) == set(registry().PARENTS.get(kind, ())), kind


def test_our_table_is_complete_for_its_types() -> None:
    known, words = registry().PROPERTY_BY_SCHEMA, vocabulary()
    for kind in words.complete:
        line = words.line(kind)
        assert {name for name, term in known.items() if set(term.domains) & line} <= words.properties.keys(), kind


def test_records_use_no_superseded_term() -> None:
    assert not own_terms() & vocabulary().superseded.keys()
    assert vocabulary().pending <= own_terms()


# --- shapes -------------------------------------------------------------------------------------------------------

LITERALS = {"Text", "Date", "DateTime", "Number", "Integer", "Boolean", "URL"}


def shapes() -> str:
    """SHACL shapes of our terms: which classes a subject, and a node as value, may be of."""
    lines = ["@prefix sh: <http://www.w3.org/ns/shacl#> .", f"@prefix s: <{HTTP}> ."]
    for name in sorted(own_terms()):
        domains, ranges = vocabulary().properties[name]
        classes = " ".join(f"[ sh:class s:{kind} ]" for kind in sorted(domains))
        lines.append(f"[] a sh:NodeShape ; sh:targetSubjectsOf s:{name} ; sh:or ( {classes} ) .")
        kinds = [f"[ sh:class s:{kind} ]" for kind in sorted(ranges - LITERALS)]
        kinds += ["[ sh:nodeKind sh:Literal ]"] if ranges & (LITERALS - {"URL"}) else []
        kinds += ["[ sh:nodeKind sh:IRI ]"] if "URL" in ranges else []
        lines.append(f"[] a sh:NodeShape ; sh:targetObjectsOf s:{name} ; sh:or ( {' '.join(kinds)} ) .")
    return "\n".join(lines)


def classes() -> str:
    prefix = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    pairs = [(kind, above) for kind, parents in vocabulary().types.items() for above in parents]
    return "\n".join([prefix, *(f"<{HTTP}{kind}> rdfs:subClassOf <{HTTP}{above}> ." for kind, above in pairs)])


@cache
def shape_graphs() -> tuple[Any, Any, Any, Any]:
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed (pip install pyshacl)")
    import rdflib

    shape_graph = rdflib.Graph().parse(data=shapes(), format="turtle")
    return pyshacl, rdflib, shape_graph, rdflib.Graph().parse(data=classes(), format="turtle")


def conforms(record: dict[str, Any]) -> bool:
    pyshacl, rdflib, shape_graph, class_graph = shape_graphs()
    data = rdflib.Graph().parse(data=json.dumps({**record, "@context": CONTEXT}), format="json-ld")
    verdict, _, _ = pyshacl.validate(data, shacl_graph=shape_graph, ont_graph=class_graph, inference="none")
    return bool(verdict)


def test_shapes_of_our_terms_accept_records() -> None:
    assert all(conforms(record) for record in RECORDS[:5])


@pytest.mark.parametrize(
    "change",
    [
        {"publisher": {"@type": "ImageObject", "contentUrl": "https://a.example/1.jpg"}},
        {"author": ["Ana Bell"]},
        {"image": [{"@type": "Person", "name": "x"}]},
        {"dateline": {"@type": "Place", "name": "x"}},
    ],
)
def test_shapes_of_our_terms_refuse_what_is_wrong(change: dict[str, Any]) -> None:
    assert not conforms(full_record() | change)


# --- real pages ---------------------------------------------------------------------------------------------------

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "pages"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real pages is not here (../shared/corpus)")
def test_records_of_real_pages_stand_outside_too() -> None:
    """A sample; all 448 records were compared once with the same result."""
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed (pip install rdflib)")
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed (pip install PyLD)")
    from rdflib.compare import isomorphic

    from provenance.model import Capture
    from provenance.pipeline import process
    from provenance.validation.structure import _validator

    records = []
    for page in sorted(CORPUS.glob("*.gz"))[3::30]:
        outcome = process(Capture(page.name, gzip.decompress(page.read_bytes())))
        if outcome.record is not None and _validator("core").is_valid(outcome.record):
            assert _validator("evidence").is_valid(outcome.evidence)
            records.append(outcome.record)
    assert len(records) > 8
    for record in records:
        document = {**record, "@context": CONTEXT}
        quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
        first = rdflib.Graph().parse(data=quads, format="nt")
        assert isomorphic(first, rdflib.Graph().parse(data=json.dumps(document), format="json-ld"))
        modelled(record)
        assert conforms(record)
