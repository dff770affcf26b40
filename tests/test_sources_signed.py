"""Signed WACZ: what the signature covers, who made it, and what breaks it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from provenance.model import Capture
from provenance.sources import open_captures

cryptography = pytest.importorskip("cryptography", reason="cryptography is not installed (extra signatures)")
from cryptography import x509  # noqa: E402
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec  # noqa: E402
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature  # noqa: E402
from cryptography.x509.oid import NameOID  # noqa: E402

OPENSSL = shutil.which("openssl")
NOW = datetime.now(UTC).replace(microsecond=0)
DOMAIN = "archive.example"
PAGE = b"<!DOCTYPE html><html><body><h1>Ferry returns</h1><p>The ferry is back.</p></body></html>"


def warc() -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        "WARC-Date: 2024-03-01T10:05:06Z\r\nWARC-Target-URI: https://news.example/ferry\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def package() -> bytes:
    digest = f"sha256:{hashlib.sha256(warc()).hexdigest()}"
    resources = [{"name": "data.warc", "path": "archive/data.warc", "hash": digest}]
    return json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()


DIGEST = f"sha256:{hashlib.sha256(package()).hexdigest()}"


def wacz(signed: dict[str, Any] | None, *, raw: bytes | None = None, more: dict[str, bytes] | None = None) -> bytes:
    stated: dict[str, Any] = {"path": "datapackage.json", "hash": DIGEST}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc", warc())
        archive.writestr("datapackage.json", package() if raw is None else raw)
        archive.writestr("datapackage-digest.json", json.dumps(stated | ({"signedData": signed} if signed else {})))
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def read(tmp_path: Path, body: bytes) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Details of the container's layer, and the notes on the archive."""
    file = tmp_path / "signed.wacz"
    file.write_bytes(body)
    (page,) = (item for item in open_captures(str(file)) if isinstance(item, Capture))
    detail = next(dict(layer.detail) for layer in page.layers if layer.kind == "wacz")
    return detail, [(n.code, n.message) for n in page.notes if n.code.startswith("archive.")]


KEY = ec.generate_private_key(ec.SECP384R1())


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def spki() -> bytes:
    return KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def anonymous(**changed: str) -> dict[str, Any]:
    """As browsers sign: the two numbers of the signature one behind the other."""
    r, s = decode_dss_signature(KEY.sign(DIGEST.encode(), ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(48, "big") + s.to_bytes(48, "big")
    made = {"hash": DIGEST, "created": "2024-03-01T10:06:00Z", "software": "Tool 1.0", "publicKey": encoded(spki())}
    return made | {"signature": encoded(signature)} | changed


def certificate(name: str, key: Any, issuer: tuple[str, Any], *, start: datetime = NOW - timedelta(hours=1)) -> Any:
    subject, by = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (name, issuer[0]))
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(by).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start)
    builder = builder.not_valid_after(start + timedelta(days=90))
    return builder.sign(issuer[1], hashes.SHA256())


ROOT = ec.generate_private_key(ec.SECP384R1())


def pem(*certificates: Any) -> str:
    return "".join(c.public_bytes(serialization.Encoding.PEM).decode() for c in certificates)


def certified(**changed: str) -> dict[str, Any]:
    chain = certificate(DOMAIN, KEY, ("Example Root", ROOT)), certificate("Example Root", ROOT, ("Example Root", ROOT))
    signature = encoded(KEY.sign(DIGEST.encode(), ec.ECDSA(hashes.SHA256())))
    made = {"hash": DIGEST, "created": NOW.isoformat().replace("+00:00", "Z"), "software": "Tool 1.0"}
    return made | {"domain": DOMAIN, "domainCert": pem(*chain), "signature": signature, "version": "0.1.0"} | changed


def test_an_anonymous_signature_names_its_key(tmp_path: Path) -> None:
    detail, notes = read(tmp_path, wacz(anonymous()))
    assert notes == []
    assert detail["signature"] == "fits"
    assert detail["key"] == f"sha256:{hashlib.sha256(spki()).hexdigest()}"
    assert (detail["signed"], detail["signed-with"]) == ("2024-03-01T10:06:00Z", "Tool 1.0")


def test_a_signature_by_a_domain_names_domain_and_issuer(tmp_path: Path) -> None:
    detail, notes = read(tmp_path, wacz(certified()))
    assert notes == []
    assert (detail["signature"], detail["signed-for"], detail["certified-by"]) == ("fits", DOMAIN, "CN=Example Root")


OTHER = ec.generate_private_key(ec.SECP384R1())


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        (anonymous(hash="sha256:" + "0" * 64), "another container"),
        (anonymous(signature=encoded(b"\1" * 96)), "not made with that key"),
        (anonymous(signature="no base64!"), "no base64"),
        (anonymous(publicKey=encoded(b"no key")), "cannot be read"),
        (anonymous(publicKey="A" * 9000), "too long"),
        (certified(domain="other.example"), "not the stated domain's"),
        (certified(created="2001-01-01T00:00:00Z"), "not valid at the stated moment"),
        (certified(created="yesterday"), "not valid at the stated moment"),
        (certified(domainCert="no certificate"), "holds no certificates"),
        (
            certified(
                domainCert=pem(
                    certificate(DOMAIN, KEY, ("Example Root", OTHER)),
                    certificate("Example Root", ROOT, ("Example Root", ROOT)),
                )
            ),
            "not issued by the next",
        ),
        (certified(domainCert=pem(certificate(DOMAIN, OTHER, ("Example Root", ROOT)))), "not made with that key"),
        (certified(timeSignature=encoded(b"no stamp"), timestampCert=pem(certificate("T", KEY, ("T", KEY)))), "stamp"),
    ],
)
def test_a_signature_that_does_not_hold_is_told_with_the_reason(
    tmp_path: Path, signed: dict[str, Any], why: str
) -> None:
    detail, notes = read(tmp_path, wacz(signed))
    assert detail["signature"] == "does not fit"
    assert [code for code, _ in notes] == ["archive.signature"]
    assert why in notes[0][1]


def test_a_changed_package_and_a_file_without_digest_are_told(tmp_path: Path) -> None:
    _, notes = read(tmp_path, wacz(anonymous(), raw=package() + b" "))
    assert [code for code, _ in notes] == ["archive.digest"]
    assert "datapackage.json" in notes[0][1]
    _, notes = read(tmp_path, wacz(anonymous(), more={"archive/slipped-in.warc": b""}))
    assert notes == [("archive.digest", "the container holds 'archive/slipped-in.warc', but no digest of it")]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"hash": 1}', b"[" * 100_000])
def test_a_broken_digest_file_stops_nothing(tmp_path: Path, raw: bytes) -> None:
    out = io.BytesIO(wacz(None))
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(tmp_path / "x.wacz", "w") as new:
        for name in old.namelist():
            new.writestr(name, raw if name == "datapackage-digest.json" else old.read(name))
    _, notes = read(tmp_path, (tmp_path / "x.wacz").read_bytes())
    assert {code for code, _ in notes} <= {"archive.digest"}


def test_without_the_extra_the_container_is_read_and_the_signature_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    detail, notes = read(tmp_path, wacz(anonymous()))
    assert detail["signature"] == "not checked"
    assert [code for code, _ in notes] == ["archive.signature-unchecked"]


def run(folder: Path, *args: str) -> None:
    subprocess.run([str(OPENSSL), *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A time-stamping authority of openssl's making."""
    if OPENSSL is None:
        pytest.skip("openssl is not installed: no time stamps can be made")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(
        "[req]\ndistinguished_name=dn\n[dn]\n[usage]\nextendedKeyUsage=critical,timeStamping\n"
        "[tsa]\ndefault_tsa=one\n[one]\nserial=serial\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\n"
        "signer_digest=sha256\naccuracy=secs:1\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n"
    )
    (folder / "serial").write_text("01")
    new = "req", "-config", "tsa.cnf", "-newkey", "rsa:2048", "-nodes"
    run(folder, *new, "-x509", "-subj", "/CN=Stamp Root", "-keyout", "root.key", "-out", "root.pem")
    run(folder, *new, "-subj", "/CN=Stamp Office", "-keyout", "tsa.key", "-out", "tsa.csr")
    signing = "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial"
    run(folder, *signing, "-extfile", "tsa.cnf", "-extensions", "usage", "-out", "tsa.pem")
    return folder


def stamped(folder: Path, text: str) -> dict[str, str]:
    (folder / "data").write_text(text)
    run(folder, "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query.tsq")
    signer = "-signer", "tsa.pem", "-inkey", "tsa.key"
    run(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", *signer, "-out", "reply.tsr")
    chain = (folder / "tsa.pem").read_text() + (folder / "root.pem").read_text()
    return {"timeSignature": encoded((folder / "reply.tsr").read_bytes()), "timestampCert": chain}


def test_a_time_stamp_tells_when_it_was_signed(tmp_path: Path, authority: Path) -> None:
    signed = certified()
    detail, notes = read(tmp_path, wacz(signed | stamped(authority, signed["signature"])))
    assert notes == []
    assert abs(datetime.fromisoformat(detail["stamped"]) - datetime.now(UTC)) < timedelta(minutes=5)
    assert detail["stamped-by"] == "CN=Stamp Root"


def test_a_time_stamp_of_something_else_or_another_moment_breaks_it(tmp_path: Path, authority: Path) -> None:
    signed = certified()
    _, notes = read(tmp_path, wacz(signed | stamped(authority, "something else")))
    assert [code for code, _ in notes] == ["archive.signature"]
    early = certified(created=(NOW - timedelta(minutes=40)).isoformat())
    _, notes = read(tmp_path, wacz(early | stamped(authority, early["signature"])))
    assert "of another moment" in notes[0][1]
