"""Write provenance/data/dates.json: month names, halves of the day and order of dates per language.

Facts come from the Unicode CLDR as Babel ships it; eras, zone abbreviations and a few printed forms that CLDR does not
list are given below. Run: python tools/build_dates.py
"""

from __future__ import annotations

import json
import multiprocessing
import re
import unicodedata
from pathlib import Path

from babel import Locale, UnknownLocaleError

LANGUAGES = (
    "af am ar ar_LB ar_MA ar_DZ ar_SA az az_Cyrl be bg bn bs bs_Cyrl ca cs cy da de de_AT el en en_AU en_CA en_GB en_IN "
    "en_NZ en_ZA en_IE en_PH eo es es_MX es_AR et eu fa fi fil fo fr fr_CA fy ga gd gl gu ha he hi hr hu hy id ig is it "
    "ja ka kk kl km kn ko ku ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn no or pa pl ps pt pt_PT rm ro ru rw se si "
    "sk sl so sq sr sr_Latn sv sw ta te tg th ti tk tr tt uk ur uz uz_Cyrl vi yo zh zh_Hant zu xh"
).split()

EXTRA = {
    "ar": {
        "اذار": 3,
        "ابريل": 4,
        "اغسطس": 8,
        "افريل": 4,
        "اكتوبر": 10,
        "اوت": 8,
        "ايار": 5,
        "ايلول": 9,
        "تشرين الاول": 10,
        "كانون الاول": 12,
    },
    "en": {"sept": 9},
    "de": {"jänner": 1, "feber": 2, "mrz": 3, "sept": 9},
    "es": {"set": 9, "setiembre": 9, "sept": 9},
    "it": {"genn": 1, "febbr": 2, "sett": 9},
    "fr": {"janv": 1, "fevr": 2, "sept": 9},
    "nl": {"mrt": 3, "sept": 9},
    "zu": {
        "januwari": 1,
        "februwari": 2,
        "mashi": 3,
        "ephreli": 4,
        "meyi": 5,
        "juni": 6,
        "julayi": 7,
        "agasti": 8,
        "septhemba": 9,
        "okthoba": 10,
        "novemba": 11,
        "disemba": 12,
    },
    "tr": {"ocak": 1, "şubat": 2},
}

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""Japanese and Taiwanese eras: the Gregorian year before their first one."""

ZONES = {
    "utc": "+00:00",
    "gmt": "+00:00",
    "z": "+00:00",
    "wet": "+00:00",
    "west": "+01:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "mez": "+01:00",
    "mesz": "+02:00",
    "eet": "+02:00",
    "eest": "+03:00",
    "msk": "+03:00",
    "мск": "+03:00",
    "trt": "+03:00",
    "ist": "+05:30",
    "pkt": "+05:00",
    "npt": "+05:45",
    "wib": "+07:00",
    "wita": "+08:00",
    "wit": "+09:00",
    "ict": "+07:00",
    "hkt": "+08:00",
    "sgt": "+08:00",
    "jst": "+09:00",
    "kst": "+09:00",
    "aest": "+10:00",
    "aedt": "+11:00",
    "acst": "+09:30",
    "acdt": "+10:30",
    "awst": "+08:00",
    "nzst": "+12:00",
    "nzdt": "+13:00",
    "sast": "+02:00",
    "wat": "+01:00",
    "cat": "+02:00",
    "eat": "+03:00",
    "est": "-05:00",
    "edt": "-04:00",
    "cdt": "-05:00",
    "mst": "-07:00",
    "mdt": "-06:00",
    "pst": "-08:00",
    "pdt": "-07:00",
    "akst": "-09:00",
    "akdt": "-08:00",
    "hst": "-10:00",
    "ast": "-04:00",
    "adt": "-03:00",
    "nst": "-03:30",
    "ndt": "-02:30",
    "brt": "-03:00",
    "art": "-03:00",
    "clt": "-04:00",
    "clst": "-03:00",
    "bst": "+01:00",
    "cst": "-06:00",
}
"""Zone abbreviations as news pages print them."""

LOCAL_ZONES = {
    "IE": {"ist": "+01:00"},
    "IL": {"ist": "+02:00"},
    "CN": {"cst": "+08:00"},
    "TW": {"cst": "+08:00"},
    "BD": {"bst": "+06:00"},
    "AE": {"gst": "+04:00"},
    "SA": {"ast": "+03:00"},
}
"""What an abbreviation means in a country where it means something else."""

PREFIXES = "وב"
"""Letters that Arabic ("and") and Hebrew ("in") write together with the month's name."""

HALVES = {"am": {"hi": ["पूर्वाह्न"]}, "pm": {"hi": ["अपराह्न"]}}
"""Halves of the day that are printed, though CLDR lists the Latin letters."""

MONTH_WORDS = ["tháng", "thg", "месяц"]
"""Words that make a number a month."""

MARKS = {"year": "年년", "month": "月월", "day": "日일号號", "hour": "時时시点點", "minute": "分분", "first_year": "元"}
"""Characters that follow the numbers of a date or a time in East Asia; the first year of an era has its own."""

SOLAR_HIJRI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
"""Months of the Solar Hijri calendar of Iran and Afghanistan, from 1 Farvardin (20 or 21 March)."""


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower().strip(" .'’").replace("\u200f", "").replace("’", "'")


def plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    if not any("a" <= c <= "z" for c in decomposed):
        return name
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def months_of(locale: Locale) -> dict[str, int]:
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                for form in (folded(name), plain(folded(name))):
                    if (
                        len(form) > 1
                        and sum(map(str.isalpha, form)) >= (2 if form.isascii() else 1)
                        and not re.search(r"\d", form)
                    ):
                        found.setdefault(form, number)
    return found


def order_of(locale: Locale) -> str:
    letters = re.sub(r"[^dMy]", "", re.sub(r"'[^']*'", "", locale.date_formats["short"].pattern))
    return "".join(dict.fromkeys(letters.lower()))


def halves_of(locale: Locale) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {"am": set(), "pm": set()}
    for context in locale.day_periods.values():
        for names in context.values():
            for half in ("am", "pm"):
                if half in names:
                    found[half].add(folded(names[half].replace("\u202f", " ").replace("\xa0", " ")))
    return {half: sorted(n for n in names if len(n) > 1 or not n.isascii()) for half, names in found.items()}


def facts_of(code: str) -> tuple[str, str, dict[str, int], str, dict[str, list[str]]] | None:
    """Language, tag, months, order and halves of one locale; run in a process of its own, since Babel shares tables."""
    try:
        locale = Locale.parse(code)
    except UnknownLocaleError:
        return None
    tag = f"{locale.language}-{locale.territory}" if locale.territory else locale.language
    return locale.language, tag, months_of(locale), order_of(locale), halves_of(locale)


def main() -> None:
    months: dict[str, dict[str, int]] = {}
    order: dict[str, str] = {}
    halves: dict[str, dict[str, list[str]]] = {"am": {}, "pm": {}}
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        rows = [row for row in pool.imap(facts_of, LANGUAGES, chunksize=1) if row]
    for language, tag, names, spelled, periods in rows:
        for name, number in names.items():
            months.setdefault(language, {}).setdefault(name, number)
        order.setdefault(tag, spelled)
        for half in ("am", "pm"):
            kept = [n for n in periods[half] if n not in periods["pm" if half == "am" else "am"]]
            if kept:
                halves[half].setdefault(language, kept)
    for language, names in EXTRA.items():
        for name, number in names.items():
            months.setdefault(language, {}).setdefault(name, number)
    for half, added in HALVES.items():
        for language, words in added.items():
            halves[half][language] = [*halves[half].get(language, []), *words]
    data = {
        "about": "Generated by tools/build_dates.py from the Unicode CLDR (Unicode License v3).",
        "months": {language: dict(sorted(names.items())) for language, names in sorted(months.items())},
        "solar_hijri": {folded(name): i for i, name in enumerate(SOLAR_HIJRI, 1)},
        "marks": MARKS,
        "month_words": MONTH_WORDS,
        "prefixes": PREFIXES,
        "order": dict(sorted(order.items())),
        "am": dict(sorted(halves["am"].items())),
        "pm": dict(sorted(halves["pm"].items())),
        "eras": ERAS,
        "zones": ZONES,
        "local_zones": LOCAL_ZONES,
    }
    target = Path(__file__).parents[1] / "provenance" / "data" / "dates.json"
    lines = []
    for key, value in data.items():
        if key == "months":
            inner = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
            lines.append(f'  "months": {{\n{inner}\n  }}')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
