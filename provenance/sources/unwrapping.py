"""An HTML page as it came out of a file or container: the wrappings that are written into the page itself.

Savers come first (they saved what they were shown), then the replay service that was shown, then AMP. Addresses and
times are taken from the wrapping that is nearest to the original: the service that captured the page knows better when
that was than the person who saved the replay.
"""

from __future__ import annotations

from dataclasses import replace

from provenance.model import Capture, Layer, Note, Unreadable
from provenance.sources import times
from provenance.sources.claims import web_address
from provenance.sources.memento import Original, original_url
from provenance.sources.replayed import Replay, replay_of, shell_of
from provenance.sources.savers import is_amp, layers_of

REPLAYS = {"wayback", "pywb", "archive.today"}


def unwrapped(capture: Capture) -> Capture | Unreadable:
    """The same page, with what its own bytes and its address say of saver, replay service, address and time."""
    shell = shell_of(capture.body)
    if shell:
        return Unreadable(capture.locator, "input.shell", f"is {shell[0]}; the article is not in it", shell[1])
    layers = layers_of(capture.body)
    capture = _with_savers(capture, layers)
    replay = replay_of(capture.body)
    if replay:
        capture = _with_replay(capture, replay)
    capture = _with_address(capture)
    return replace(capture, layers=(*capture.layers, Layer("amp"))) if is_amp(capture.body) else capture


def _with_savers(capture: Capture, layers: tuple[Layer, ...]) -> Capture:
    url = next((layer.url for layer in layers if layer.url), None)
    time = next((layer.time for layer in layers if layer.time), None)
    notes = tuple(
        Note("url.scheme", "the saver does not state whether the address was http or https; http was taken")
        for layer in layers
        if ("scheme", "not stated") in layer.detail and layer.url
    )
    return replace(
        capture,
        url=capture.url or url,
        captured=capture.captured or time,
        layers=capture.layers + layers,
        notes=capture.notes + notes,
    )


def _with_replay(capture: Capture, replay: Replay) -> Capture:
    outer = original_url(capture.url) if capture.url else None
    shown = replay.url or (web_address(outer[0]) if outer else None)
    captured = replay.captured or (times.from_digits(outer[1] or "") if outer else None)
    layer = Layer(replay.service, shown, captured, "capture" if captured else None)
    return replace(
        capture,
        url=shown or (None if outer else capture.url),
        archive_url=replay.archive_url or (capture.url if outer else capture.archive_url),
        captured=captured or capture.captured,
        replay=replay.service,
        layers=(*capture.layers, layer),
    )


def _with_address(capture: Capture) -> Capture:
    """An address that is a replay address holds the original; the page itself may bear no mark (`id_`)."""
    original = original_url(capture.url) if capture.url else None
    if original is None:
        return capture
    url, stamp, service = original
    captured = times.from_digits(stamp or "")
    layer = Layer(service, web_address(url), captured, "capture" if captured else None)
    archived = service in REPLAYS or service == "google-cache"
    return replace(
        capture,
        url=web_address(url),
        archive_url=capture.url if archived else capture.archive_url,
        captured=captured or capture.captured,
        replay=_rewriting(original, capture),
        layers=(*capture.layers, layer),
    )


def _rewriting(original: Original, capture: Capture) -> str | None:
    """The service whose rewriting is in the page: none where the raw page (`id_`) was asked for."""
    return original[2] if original[2] in REPLAYS and "id_/" not in (capture.url or "") else capture.replay
