"""Records for tests: good ones of every shape, and mistakes with the rule and place that must be named for each."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Record = dict[str, Any]

BODIES = {
    "en-GB": "The council said on Monday that the bridge would be closed for two years while engineers replace the "
    "old cables. It is the first time in a century that no traffic will cross the river at this place. Ferries are to "
    "run every ten minutes, and they will be free for people who live in the town. This has not been popular with all.",
    "en": "Ministers who met in the capital have agreed to a plan that was first proposed in the spring. The talks had "
    "been held up for weeks by a dispute about the cost of the work, which is to be shared by all of the partners. "
    "They said that the details would be made public before the end of the month, but gave no date for it.",
    "de": "Der Stadtrat hat am Montag beschlossen, dass die alte Brücke für zwei Jahre gesperrt wird. In dieser Zeit "
    "werden die Seile ersetzt, die noch aus dem Jahr der Eröffnung stammen. Die Fähre fährt alle zehn Minuten und ist "
    "für die Bewohner der Stadt frei. Nicht alle sind mit dem Plan zufrieden, und auch die Händler wollen sich wehren.",
    "fr": "Le conseil a décidé lundi que le vieux pont sera fermé pendant deux ans pour que les câbles soient remplacés. "
    "C'est la première fois depuis un siècle que la circulation est arrêtée à cet endroit. Un bac passera toutes les dix "
    "minutes et il sera gratuit pour les habitants de la ville, qui ne sont pas tous contents de cette décision.",
    "es": "El consejo decidió el lunes que el viejo puente se cierra durante dos años para que los cables sean cambiados. "
    "Es la primera vez en un siglo que no hay tráfico en este lugar del río. Una barca pasa cada diez minutos y es "
    "gratis para los vecinos de la ciudad, pero no todos están de acuerdo con el plan que fue aprobado por la mayoría.",
    "ru": "Городской совет решил в понедельник закрыть старый мост на два года, чтобы заменить тросы, которые служат с "
    "самого открытия. Впервые за сто лет движение в этом месте будет остановлено. Паром станет ходить каждые десять "
    "минут, и для жителей города он будет бесплатным, хотя довольны этим решением далеко не все.",
    "ja": "市議会は月曜日、古い橋を二年間閉鎖することを決めた。開通当時から使われているケーブルを交換するためで、この場所で"
    "川を渡る交通が止まるのは百年ぶりとなる。渡し船は十分おきに運航し、町の住民は無料で利用できる。しかし、この決定に満足して"
    "いる人ばかりではない。商店主らは損失の補償を求めており、話し合いは来月も続く見通しだという。市は説明会を各地で開き、"
    "寄せられた意見を計画に反映させるとしている。工事は来年の春に始まり、再来年の春に終わる予定になっている。",
}
_HEADLINES = (
    "Bridge to Close for Two Years",
    "Talks to Resume Next Week, Ministers Say",
    "“Nobody asked us”: traders on the long closure",
    "Brücke für zwei Jahre gesperrt",
    "Le pont fermé pendant deux ans",
    "Мост закроют на два года",
    "橋を二年間閉鎖へ",
    "C++ at 40: a language & its critics",
)
_PEOPLE = (
    "Ana Bell",
    "Omar Cole",
    "Lea Marsh",
    "Tom Hale",
    "Zoë d'Arcy-Quinn",
    "Ирина Ковалёва",
    "山本 花",
    "J. R. O'Neil",
)
_AGENCIES = (
    {
        "@type": "Organization",
        "name": "Agence France-Presse",
        "alternateName": "AFP",
        "sameAs": "http://www.wikidata.org/entity/Q40464",
    },
    {"@type": "Organization", "name": "Reuters", "sameAs": "http://www.wikidata.org/entity/Q130879"},
    {
        "@type": "Organization",
        "name": "Associated Press",
        "alternateName": "AP",
        "sameAs": "http://www.wikidata.org/entity/Q40469",
    },
)
_PUBLISHERS = (
    ("The Example Gazette", "gazette.example"),
    ("Beispiel-Zeitung", "zeitung.example"),
    ("L'Exemple", "exemple.example"),
)
_CAPTIONS = (
    "The bridge on a quiet morning.",
    "Ministers arrive for the talks.",
    "A ferry leaves the town, March 2024",
    "Seile aus dem Jahr 1924.",
)


def good_record(seed: int) -> Record:
    """A record without a finding, of a shape that depends on the seed."""
    draw = random.Random(seed)
    name, host = draw.choice(_PUBLISHERS)
    url = f"https://{host}/{draw.choice(('news', 'a/b', '2024/03'))}/story-{seed}"
    if draw.random() < 0.2:
        url += draw.choice(("?id=7", "?page=2&lang=en", "/%D0%BC%D0%BE%D1%81%D1%82"))
    record: Record = {
        "@context": "https://schema.org",
        "@type": draw.choice(("NewsArticle", "NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle")),
        "@id": f"urn:uuid:{uuid5(NAMESPACE_URL, url)}",
        "url": url,
        "headline": draw.choice(_HEADLINES),
    }
    record.update(_texts(draw))
    record.update(_dates(draw))
    record.update(_parties(draw, name, host))
    images = [_image(draw, seed, i) for i in range(draw.randint(0, 3))]
    if images:
        images[0]["representativeOfPage"] = True
        record["image"] = images
    record["archivedAt"] = [_copy(draw, url)]
    if draw.random() < 0.6:
        record["sdPublisher"] = {"@type": "Organization", "name": "Example Library"}
        record["sdDatePublished"] = "2026-11-23"
    return record


def archival_record(seed: int) -> Record:
    """A good record that has everything for deposit."""
    record = good_record(seed)
    record.setdefault("inLanguage", "en")
    if record["inLanguage"] == "en":
        record["articleBody"] = BODIES["en"]
    record.setdefault("datePublished", "2024-03-02")
    record["sdPublisher"] = {"@type": "Organization", "name": "Example Library"}
    record["sdDatePublished"] = "2026-11-23"
    return record


def _texts(draw: random.Random) -> Record:
    language = draw.choice(tuple(BODIES))
    found: Record = {"inLanguage": language, "articleBody": "\n\n".join([BODIES[language]] * draw.randint(1, 3))}
    optional = {
        "alternativeHeadline": "Ferries to keep the winter timetable",
        "description": "What is planned, and who is against it.",
        "articleSection": ["City", "Traffic"],
        "keywords": ["bridge", "river"],
        "dateline": "PORT EXAMPLE",
        "copyrightNotice": "© 2024 Example Media Ltd.",
        "copyrightYear": 2024,
        "isAccessibleForFree": draw.random() < 0.5,
        "license": "https://creativecommons.org/licenses/by-nd/4.0/",
        "usageInfo": "https://gazette.example/terms",
        "correction": [{"@type": "CorrectionComment", "text": "A name was misspelt.", "datePublished": "2024-03-05"}],
        "isBasedOn": [{"@type": "NewsArticle", "url": "https://original.example/story"}],
        "printPage": "A1",
        "printSection": "Main",
    }
    found.update({key: value for key, value in optional.items() if draw.random() < 0.3})
    if "copyrightYear" in found:
        found["copyrightNotice"] = "© 2024 Example Media Ltd."
    return {key: value for key, value in found.items() if key != "inLanguage" or draw.random() < 0.9}


def _dates(draw: random.Random) -> Record:
    if draw.random() < 0.3:
        return {"datePublished": "2024-03-02"}
    offset = draw.choice(("Z", "+00:00", "+02:00", "-05:00", "+05:30"))
    found = {"datePublished": f"2024-03-02T06:30:00{offset}"}
    if draw.random() < 0.5:
        found["dateModified"] = f"2024-03-02T11:05:00.250{offset}"
    return found


def _parties(draw: random.Random, name: str, host: str) -> Record:
    people = [{"@type": "Person", "name": person} for person in draw.sample(_PEOPLE, draw.randint(0, 3))]
    found: Record = {"publisher": {"@type": "Organization", "name": name, "url": f"https://{host}/"}}
    kind = draw.choice(("own", "own", "agency", "two", "mixed"))
    if kind == "agency":
        agency = draw.choice(_AGENCIES)
        for person in people:
            person["affiliation"] = [copy.deepcopy(agency)]
        found["sourceOrganization"] = [copy.deepcopy(agency)]
        found["creditText"] = f"{agency.get('alternateName', agency['name'])} via {name}"
    elif kind == "two":
        people = [copy.deepcopy(_AGENCIES[0]), copy.deepcopy(_AGENCIES[1])]
        found["sourceOrganization"] = copy.deepcopy(people)
        found["creditText"] = f"AFP and Reuters via {name}"
    elif kind == "mixed":
        found["contributor"] = [copy.deepcopy(_AGENCIES[2])]
        found["creditText"] = f"{name} with AP"
    if people:
        found["author"] = people
    if draw.random() < 0.2:
        found["editor"] = [{"@type": "Person", "name": "Max Unger"}]
    return found


def _image(draw: random.Random, seed: int, index: int) -> Record:
    image: Record = {"@type": "ImageObject", "contentUrl": f"https://img.example/{seed}/{index}.jpg"}
    if draw.random() < 0.8:
        image["caption"] = draw.choice(_CAPTIONS)
    kind = draw.choice(("person", "agency", "handout", "notice"))
    if kind == "person":
        image["creditText"] = "Kevin Vineys/AP"
        image["creator"] = [{"@type": "Person", "name": "Kevin Vineys", "affiliation": [copy.deepcopy(_AGENCIES[2])]}]
        image["sourceOrganization"] = [copy.deepcopy(_AGENCIES[2])]
    elif kind == "agency":
        image["creditText"] = "AFP via Getty Images"
        image["sourceOrganization"] = [copy.deepcopy(_AGENCIES[0])]
        image["provider"] = [{"@type": "Organization", "name": "Getty Images"}]
    elif kind == "handout":
        image["creditText"] = "Handout"
    else:
        image["copyrightNotice"] = "© Example Media Ltd."
    return image


def _copy(draw: random.Random, url: str) -> Record:
    found: Record = {"@type": "WebPage", "dateCreated": "2024-06-01T12:00:00Z"}
    if draw.random() < 0.5:
        found["url"] = f"https://web.archive.org/web/20240601120000/{url}"
    if draw.random() < 0.7 or "url" not in found:
        digest = f"{draw.getrandbits(256):064x}"
        found["encoding"] = {
            "@type": "MediaObject",
            "encodingFormat": "text/html",
            "sha256": digest,
            "contentSize": "52000",
        }
    if draw.random() < 0.3:
        identifier = {
            "@type": "PropertyValue",
            "propertyID": "WARC-Record-ID",
            "value": "urn:uuid:5a0a2f0e-6f0c-4f0e-9a53-0d6f5f6b7a11",
        }
        found["identifier"] = [identifier]
    return found


# --- mistakes ------------------------------------------------------------------------------------------------------

Change = Callable[[Record], None]


def full_record() -> Record:
    """A good record that has every part that a mistake below needs."""
    url = "https://gazette.example/2024/03/02/bridge"
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"urn:uuid:{uuid5(NAMESPACE_URL, url)}",
        "url": url,
        "headline": "Bridge to Close for Two Years",
        "description": "What is planned, and who is against it.",
        "articleBody": BODIES["en"],
        "articleSection": ["City"],
        "inLanguage": "en",
        "datePublished": "2024-03-02T06:30:00+00:00",
        "dateModified": "2024-03-02T11:05:00+00:00",
        "author": [
            {"@type": "Person", "name": "Ana Bell", "affiliation": [copy.deepcopy(_AGENCIES[0])]},
            {"@type": "Person", "name": "Omar Cole", "affiliation": [copy.deepcopy(_AGENCIES[0])]},
        ],
        "sourceOrganization": [copy.deepcopy(_AGENCIES[0])],
        "publisher": {"@type": "Organization", "name": "The Example Gazette", "url": "https://gazette.example/"},
        "creditText": "AFP via The Example Gazette",
        "copyrightNotice": "© 2024 The Example Gazette Ltd.",
        "copyrightYear": 2024,
        "image": [
            {
                "@type": "ImageObject",
                "contentUrl": "https://img.example/1.jpg",
                "representativeOfPage": True,
                "caption": "The bridge on a quiet morning.",
                "creditText": "Kevin Vineys/AP",
                "creator": [{"@type": "Person", "name": "Kevin Vineys"}],
            },
            {
                "@type": "ImageObject",
                "contentUrl": "https://img.example/2.jpg",
                "caption": "A ferry leaves the town.",
                "creditText": "Handout",
            },
        ],
        "archivedAt": [
            {
                "@type": "WebPage",
                "dateCreated": "2024-06-01T12:00:00Z",
                "encoding": {
                    "@type": "MediaObject",
                    "encodingFormat": "text/html",
                    "sha256": "66b269c2c8e81181dd6c51cade102f5d28f7658704d4cc60ee47a1417687e538",
                },
            }
        ],
        "sdPublisher": {"@type": "Organization", "name": "Example Library"},
        "sdDatePublished": "2026-11-23",
    }


def _set(value: Any, *route: Any) -> Change:
    def change(record: Record) -> None:
        target: Any = record
        for step in route[:-1]:
            target = target[step]
        target[route[-1]] = value

    return change


def _drop(*route: Any) -> Change:
    def change(record: Record) -> None:
        target: Any = record
        for step in route[:-1]:
            target = target[step]
        del target[route[-1]]

    return change


def _rename(old: str, new: str) -> Change:
    def change(record: Record) -> None:
        record[new] = record.pop(old)

    return change


MISTAKES: tuple[tuple[str, str, Change], ...] = (
    # rule, path, what is done to a good record
    ("record/missing-property", "", _drop("headline")),
    ("record/unidentified", "", _drop("url")),
    ("record/missing-property", "/author/1", _drop("author", 1, "name")),
    ("record/unknown-property", "/autor", _rename("author", "autor")),
    ("record/unknown-property", "/image/0/credit", _set("X", "image", 0, "credit")),
    ("record/wrong-type", "/articleSection", _set("City", "articleSection")),
    ("record/wrong-type", "/headline", _set(7, "headline")),
    ("record/empty-list", "/image", _set([], "image")),
    ("record/context", "/@context", _set("http://schema.org", "@context")),
    ("record/type", "/author/0/@type", _set("Human", "author", 0, "@type")),
    ("text/line", "/headline", _set("Bridge to Close\nfor Two Years", "headline")),
    ("text/blank", "/description", _set("", "description")),
    ("url/absolute", "/url", _set("/2024/03/02/bridge", "url")),
    ("url/absolute", "/image/1/contentUrl", _set("https://img.example/a b.jpg", "image", 1, "contentUrl")),
    ("date/form", "/datePublished", _set("2024-02-30", "datePublished")),
    ("date/form", "/dateModified", _set("2 March 2024", "dateModified")),
    ("date/utc", "/archivedAt/0/dateCreated", _set("2024-06-01T12:00:00+02:00", "archivedAt", 0, "dateCreated")),
    ("language/tag", "/inLanguage", _set("en_US", "inLanguage")),
    ("digest/sha256", "/archivedAt/0/encoding/sha256", _set("66B2", "archivedAt", 0, "encoding", "sha256")),
    ("date/modified-before-published", "/dateModified", _set("2024-03-01T11:05:00+00:00", "dateModified")),
    ("date/after-capture", "/dateModified", _set("2024-07-01T00:00:00+00:00", "dateModified")),
    ("date/described-before-capture", "/sdDatePublished", _set("2023-01-01", "sdDatePublished")),
    ("url/wrong-uuid", "/@id", _set(f"urn:uuid:{uuid5(NAMESPACE_URL, 'https://other.example/')}", "@id")),
    ("credit/missing-agency", "/creditText", _drop("sourceOrganization")),
    ("credit/other-source", "/creditText", _set("Reuters via The Example Gazette", "creditText")),
    ("credit/other-publisher", "/creditText", _set("AFP via The Other Gazette", "creditText")),
    ("credit/missing", "/sourceOrganization/0", _drop("creditText")),
    ("party/agency-as-person", "/author/1/name", _set({"@type": "Person", "name": "Reuters"}, "author", 1)),
    (
        "party/publisher-as-person",
        "/author/1/name",
        _set({"@type": "Person", "name": "The Example Gazette"}, "author", 1),
    ),
    ("party/twice", "/author/1/name", _set("Ana Bell", "author", 1, "name")),
    ("image/credit-in-caption", "/image/0/caption", _set("The bridge. Kevin Vineys/AP", "image", 0, "caption")),
    (
        "image/credit-in-caption",
        "/image/1/caption",
        _set("A ferry leaves. (Photo by J. Roe / AFP)", "image", 1, "caption"),
    ),
    ("image/missing-credit", "/image/1", _drop("image", 1, "creditText")),
    ("image/twice", "/image/1/contentUrl", _set("https://img.example/1.jpg", "image", 1, "contentUrl")),
    ("image/several-leads", "/image/1/representativeOfPage", _set(True, "image", 1, "representativeOfPage")),
    ("copyright/other-year", "/copyrightYear", _set(2023, "copyrightYear")),
    ("text/placeholder", "/author/0/name", _set("Unknown", "author", 0, "name")),
    ("text/markup", "/headline", _set("Bridge &amp; ferry", "headline")),
    ("text/damaged", "/image/0/caption", _set("The bridge in the morning\ufffd light.", "image", 0, "caption")),
    ("text/damaged", "/description", _set("Was geplant ist, und wer dagegen kÃ¤mpft.", "description")),
    ("text/repeated", "/description", _set("Bridge to close for two years.", "description")),
    ("text/site-suffix", "/headline", _set("Bridge to Close | The Example Gazette", "headline")),
    ("text/mixed-alphabets", "/author/0/name", _set("\u0410na Bell", "author", 0, "name")),
    ("language/other-text", "/inLanguage", _set("de", "inLanguage")),
    ("language/other-text", "/inLanguage", _set("ru", "inLanguage")),
    (
        "archive/own-address",
        "/archivedAt/0/url",
        _set("https://gazette.example/2024/03/02/bridge", "archivedAt", 0, "url"),
    ),
)
"""Each makes exactly one mistake in `full_record()`."""


def mistaken(change: Change) -> Record:
    """The full record with one mistake."""
    record = full_record()
    change(record)
    return record


_MANGLES: tuple[Callable[[random.Random], Any], ...] = (
    lambda draw: None,
    lambda draw: "",
    lambda draw: " padded ",
    lambda draw: draw.randint(-5, 3000),
    lambda draw: draw.choice(([], {}, [[]], [None], {"@type": "Thing"})),
    lambda draw: draw.choice((True, False)),
    lambda draw: "two\nlines",
    lambda draw: "https://user@host.example/",
    lambda draw: "https://exämple.example/",
    lambda draw: "2024-13-01",
    lambda draw: "2024-02-30",
    lambda draw: "2024-02-29T25:00:00Z",
    lambda draw: "2024-02-29T10:00Z",
    lambda draw: "en_US",
    lambda draw: "\u00a0",
    lambda draw: "x" * 3000,
)


def mangled(seed: int) -> Record:
    """A good record in which some values were replaced, dropped or renamed at random; often broken, not always."""
    draw = random.Random(seed)
    record = archival_record(seed)
    for _ in range(draw.randint(1, 3)):
        target, key = draw.choice(list(_slots(record)))
        kind = draw.random()
        if kind < 0.2 and isinstance(target, dict):
            del target[key]
        elif kind < 0.35 and isinstance(target, dict):
            target[key + draw.choice(("s", "_", "X"))] = target.pop(key)
        else:
            target[key] = draw.choice(_MANGLES)(draw)
    return record


def _slots(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(items):
        yield value, key
        yield from _slots(part)
