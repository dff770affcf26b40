"""What the digest file of a WACZ states of the container, and whether its signature holds (extra `signatures`).

Source: WACZ Signing and Verification 0.1.0, sections "Signature Data Format" and "Verification"; the numbers of its
steps stand beside the checks. Trust in roots (steps 7 and 8) is the reader's: the evidence names signer and issuers,
and no server is asked.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from provenance.model import Note, fixed

NAME = "datapackage-digest.json"
_PACKAGE = "datapackage.json"
_LATE = timedelta(minutes=10)
"""How far the time stamp may be from the stated moment (step 6)."""
_MOST = 4096
"""Longer keys and signatures are none; a chain of certificates may have eight times as many signs."""
_CURVES = 256, 384, 521


@fixed
class Seal:
    """What is signed by whom and when, as details of the container's layer, and notes on what does not hold."""

    detail: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()


class _BrokenError(Exception):
    """A check that fails; its text says which, in one clause."""


def seal_of(package: bytes, digest_file: bytes) -> Seal:
    """Reads `datapackage-digest.json` beside the bytes of `datapackage.json`. Raises nothing on bad files."""
    stated = json_object(digest_file)
    digest = f"sha256:{hashlib.sha256(package).hexdigest()}"
    if stated.get("path", _PACKAGE) == _PACKAGE and str(stated.get("hash", "")).lower() != digest:
        return Seal(notes=(Note("archive.digest", f"the container's digest of '{_PACKAGE}' does not fit the file"),))
    signed = stated.get("signedData")
    if not isinstance(signed, dict) or not signed.get("signature"):
        return Seal()
    said = tuple((name, str(signed[key])[:120]) for name, key in _SAID if isinstance(signed.get(key), str))
    try:
        found = (*_checked(signed, digest), ("signature", "fits"))
    except ImportError:
        note = "the container is signed; to check the signature: pip install news-provenance[signatures]"
        return Seal((*said, ("signature", "not checked")), (Note("archive.signature-unchecked", note),))
    except _BrokenError as error:
        note = f"the signature of the container does not hold: {error}"
        return Seal((*said, ("signature", "does not fit")), (Note("archive.signature", note),))
    return Seal((*said, *found))


_SAID = (("signed", "created"), ("signed-with", "software"), ("signed-for", "domain"))
"""Names of details, and the properties that state them."""


def json_object(data: bytes) -> dict[str, Any]:
    """The JSON object in a small file of the container; empty where it holds none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _checked(signed: Mapping[str, Any], digest: str) -> Iterator[tuple[str, str]]:
    """Details that the checks find out. Raises _BrokenError where one fails, ImportError without the extra."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    if str(signed.get("hash", "")).lower() != digest:
        raise _BrokenError("it was made for another container")
    chain = _chain(signed, "domainCert") if signed.get("domainCert") else []
    try:
        key = chain[0].public_key() if chain else serialization.load_der_public_key(_bytes(signed, "publicKey"))
    except ValueError as error:
        raise _BrokenError("the public key cannot be read") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.key_size not in _CURVES:
        raise _BrokenError("its key is of another kind than the specification knows")
    try:
        key.verify(
            _der(_bytes(signed, "signature"), key.key_size), digest.encode(), ec.ECDSA(hashes.SHA256())
        )  # step 3
    except InvalidSignature:
        raise _BrokenError("it was not made with that key") from None
    shape = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    yield "key", f"sha256:{hashlib.sha256(key.public_bytes(*shape)).hexdigest()}"
    if chain:
        yield from _of_domain(signed, chain)


def _der(signature: bytes, bits: int) -> bytes:
    """The signature in DER: browsers write its two numbers one behind the other (IEEE P1363)."""
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    size = (bits + 7) // 8
    if len(signature) != 2 * size:
        return signature
    return encode_dss_signature(int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))


def _of_domain(signed: Mapping[str, Any], chain: list[Any]) -> Iterator[tuple[str, str]]:
    """Steps 4 to 6: the certificate is the domain's, was valid then, and the stamp tells the stated moment."""
    leaf = chain[0]
    if str(signed.get("domain", "")).lower() not in _names(leaf):
        raise _BrokenError("the certificate is not the stated domain's")
    created = _moment(signed.get("created"))
    if created is None or not leaf.not_valid_before_utc <= created <= leaf.not_valid_after_utc:
        raise _BrokenError("the certificate was not valid at the stated moment")
    yield "certified-by", str(chain[-1].subject.rfc4514_string())[:120]
    if not signed.get("timeSignature"):
        return
    stamps = _chain(signed, "timestampCert")
    stamped = _stamped(signed, stamps)
    if abs(stamped - created) > _LATE:
        raise _BrokenError("the time stamp is of another moment than the stated one")
    yield "stamped", stamped.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield "stamped-by", str(stamps[-1].subject.rfc4514_string())[:120]


def _stamped(signed: Mapping[str, Any], chain: list[Any]) -> datetime:
    """The moment of the RFC 3161 stamp over the signature, checked with the certificates beside it (step 5)."""
    import rfc3161_client as rfc3161

    try:
        response = rfc3161.decode_timestamp_response(_bytes(signed, "timeSignature", _MOST * 8))
        builder = rfc3161.VerifierBuilder().tsa_certificate(chain[0])
        for certificate in chain[1:] or chain:
            builder = builder.add_root_certificate(certificate)
        builder.build().verify_message(response, str(signed["signature"]).encode())
    except (ValueError, rfc3161.VerificationError) as error:
        raise _BrokenError("the time stamp was not made for it") from error
    told: datetime = response.tst_info.gen_time
    return told


def _chain(signed: Mapping[str, Any], name: str) -> list[Any]:
    """Certificates in PEM, each issued by the next."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    text = signed.get(name)
    if not isinstance(text, str) or len(text) > _MOST * 8:
        raise _BrokenError(f"{name} holds no certificates")
    try:
        chain = x509.load_pem_x509_certificates(text.encode())
        for one, issuer in pairwise(chain):
            one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError) as error:
        raise _BrokenError(f"{name} holds no certificates that follow from one another") from error
    except InvalidSignature as error:
        raise _BrokenError(f"a certificate of {name} was not issued by the next") from error
    return list(chain)


def _names(certificate: Any) -> set[str]:
    """The hosts that a certificate is for."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    names = {str(a.value).lower() for a in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)}
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (x509.ExtensionNotFound, ValueError):
        return names
    return names | {name.lower() for name in extension.value.get_values_for_type(x509.DNSName)}


def _bytes(signed: Mapping[str, Any], name: str, most: int = _MOST) -> bytes:
    text = signed.get(name)
    if not isinstance(text, str) or len(text) > most:
        raise _BrokenError(f"{name} is missing or too long")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _BrokenError(f"{name} is no base64") from error


def _moment(text: Any) -> datetime | None:
    try:
        told = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)
