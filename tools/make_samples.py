"""Make the samples: the article of samples/html in every saved form, byte for byte the same each time.

    make_samples.py [FOLDER]      (default: samples)

The forms are written as their savers write them (docs/forms.md); no saver was run. Real savers are driven by
tests/test_real_tools.py.
"""

from __future__ import annotations

import io
import json
import plistlib
import sys
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "samples" / "html" / "article.html"
ADDRESS = "https://gazette.example/2024/03/02/ferry-link-reopens-a1001"
SAVED = "2024-03-05T09:10:11Z"
STAMP = "20240305091011"
RECORD_ID = "<urn:uuid:6f2f7c1e-4d0b-4a57-9b58-0f5d1a2b3c4d>"


def browser_complete(page: str) -> bytes:
    """Chrome and Edge: a comment with the address's length in front, as the Internet Explorer wrote it."""
    mark = f"<!-- saved from url=({len(ADDRESS):04d}){ADDRESS} -->\n"
    return page.replace("<html", mark + "<html", 1).encode()


def singlefile(page: str) -> bytes:
    """SingleFile: a comment as first child of <html>."""
    comment = (
        "<!--\n Page saved with SingleFile \n url: "
        f"{ADDRESS} \n saved date: Tue Mar 05 2024 09:10:11 GMT+0000 (Coordinated Universal Time)\n-->"
    )
    return page.replace('<html lang="en">', f'<html lang="en">{comment}', 1).encode()


def mhtml(page: str) -> bytes:
    """Blink's MHTML, which drops scripts."""
    start, end = page.index("<script"), page.index("</script>") + len("</script>")
    root = MIMEText(page[:start] + page[end:], "html", "utf-8")
    root["Content-Location"] = ADDRESS
    del root["MIME-Version"]
    archive = MIMEMultipart("related", boundary="----MultipartBoundary--sample----", type="text/html")
    archive["From"] = "<Saved by Blink>"
    archive["Snapshot-Content-Location"] = ADDRESS
    archive["Subject"] = "Ferry Link to the Outer Isles Reopens After Storms"
    archive["Date"] = "Tue, 5 Mar 2024 09:10:11 -0000"
    archive.attach(root)
    return archive.as_bytes().replace(b"\n", b"\r\n")


def webarchive(page: str) -> bytes:
    """Safari's property list. It stores no time; that of a resource's response is the best there is."""
    main = {
        "WebResourceData": page.encode(),
        "WebResourceURL": ADDRESS,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceFrameName": "",
    }
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


def warc(page: str) -> bytes:
    """One response record, each record a gzip member."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        ADDRESS,
        "response",
        payload=io.BytesIO(page.encode()),
        http_headers=headers,
        warc_headers_dict={"WARC-Date": SAVED, "WARC-Record-ID": RECORD_ID},
    )
    writer.write_record(record)
    raw = bytearray(out.getvalue())
    raw[4:8] = b"\0\0\0\0"  # the gzip header's own time
    return bytes(raw)


def wacz(page: str) -> bytes:
    """A WACZ 1.1.1 with its page list."""
    pages = '{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n' + json.dumps(
        {"id": "1", "url": ADDRESS, "ts": SAVED, "title": "Ferry Link to the Outer Isles Reopens After Storms"}
    )
    package = {"profile": "data-package", "wacz_version": "1.1.1", "mainPageUrl": ADDRESS, "mainPageDate": SAVED}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in (
            ("archive/data.warc.gz", warc(page)),
            ("pages/pages.jsonl", pages.encode() + b"\n"),
            ("datapackage.json", json.dumps(package).encode()),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 5, 9, 10, 10)), data)
    return out.getvalue()


def wayback(page: str) -> bytes:
    """A replay page of the Wayback Machine: addresses rewritten, scripts and a footer added."""
    prefix = f"https://web.archive.org/web/{STAMP}"
    head = (
        '<head><script src="https://web-static.archive.org/_static/js/wombat.js"></script>\n<script>'
        f'__wm.wombat("{ADDRESS}","{STAMP}","https://web.archive.org/","web","/_static/","1709629811");</script>\n'
        "<!-- End Wayback Rewrite JS Include -->\n"
    )
    page = page.replace("<head>", head, 1).replace("https://gazette.example", f"{prefix}/https://gazette.example")
    page = page.replace(f'"{prefix}/https://gazette.example/2024', f'"{prefix}/https://gazette.example/2024')
    page = page.replace(f'wombat("{prefix}/', 'wombat("', 1).replace(
        'src="/img', f'src="/web/{STAMP}im_/https://gazette.example/img'
    )
    footer = "\n<!--\n     FILE ARCHIVED ON 09:10:11 Mar 05, 2024 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 10:00:00 Apr 01, 2024.\n-->\n"
    return (page + footer).encode()


def archive_today(page: str) -> bytes:
    """archive.today: its own head and header; the page without scripts in #CONTENT."""
    body = page[page.index("<body>") + len("<body>") : page.index("</body>")]
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ferry Link to the Outer Isles Reopens After Storms</title>
<meta property="og:site_name" content="archive.is"><meta name="twitter:site" content="@archiveis">
<meta property="og:url" content="http://archive.is/Ab1Cd"><link rel="canonical" href="http://archive.is/Ab1Cd">
<link rel="bookmark" href="http://archive.today/{STAMP}/{ADDRESS}"><meta property="article:published_time" content="{SAVED}">
</head><body><div id="HEADER"><table><tr><td>Saved from</td><td><form><input type="text" name="q" value="{ADDRESS}"></form></td>
<td><time itemprop="pubdate" datetime="{SAVED}">5 Mar 2024 09:10:11 UTC</time></td></tr></table></div>
<div id="CONTENT">{body}</div></body></html>""".encode()


def _paragraphs(page: str) -> tuple[str, ...]:
    """The article's paragraphs and subheads as Markdown."""
    from lxml import html

    article = html.document_fromstring(page).find(".//article")
    found = []
    for element in article if article is not None else ():
        text = " ".join(element.text_content().split())
        if element.tag == "h2":
            found.append(f"## **{text}**")
        elif element.tag == "p" and element.get("class") in (None, "standfirst"):
            found.append(text)
    return tuple(found)


def print_markdown(page: str) -> bytes:
    """A print page copied into a note."""
    lines = (
        "# Ferry Link to the Outer Isles Reopens After Storms",
        "By [Marta Lindqvist for AFP](#)",
        "March 2, 2024",
        "Passengers wait on the quay before the first crossing.",
        "**Harbour Authority / TASS**",
        *_paragraphs(page),
        "Original url:",
        f"<{ADDRESS}>",
    )
    return ("\n\n".join(lines) + "\n").encode()


def web_clipper(page: str) -> bytes:
    """A clip of Obsidian's Web Clipper."""
    front = f"""---
title: "Ferry Link to the Outer Isles Reopens After Storms"
source: "{ADDRESS}"
author:
  - "[[Marta Lindqvist]]"
published: 2024-03-02
created: 2024-03-05
description: "Islanders had waited nine days for the first boat to leave the mainland."
tags:
  - "clippings"
---
"""
    return (front + "\n\n".join(_paragraphs(page)) + "\n").encode()


def plain_text(page: str) -> bytes:
    """Plain text, as pasted."""
    lines = (
        "Ferry Link to the Outer Isles Reopens After Storms",
        "By Marta Lindqvist for AFP",
        "March 2, 2024",
        *(line.replace("## **", "").replace("**", "") for line in _paragraphs(page)),
        f"Original url: {ADDRESS}",
    )
    return ("\n\n".join(lines) + "\n").encode()


FORMS = {
    "browser-complete/article.html": browser_complete,
    "singlefile/article.html": singlefile,
    "mhtml/article.mhtml": mhtml,
    "webarchive/article.webarchive": webarchive,
    "warc/article.warc.gz": warc,
    "wacz/article.wacz": wacz,
    "wayback/article.html": wayback,
    "archive-today/article.html": archive_today,
    "print-markdown/article.md": print_markdown,
    "web-clipper/article.md": web_clipper,
    "plain-text/article.txt": plain_text,
}


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "samples"
    page = SOURCE.read_text(encoding="utf-8")
    for name, make in FORMS.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(make(page))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
