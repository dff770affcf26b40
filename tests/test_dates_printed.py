"""Printed dates in many languages, one case a row."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from provenance.printed_dates import LONGEST, find_dates

CASES = [
    # text, language, country, what it means
    ("Published 3 May 2024", "en", None, "2024-05-03"),
    ("May 3rd, 2024 at 3:47 pm EDT", "en", "US", "2024-05-03T15:47:00-04:00"),
    ("Friday, 3 May 2024 15.47 BST", "en", "GB", "2024-05-03T15:47:00+01:00"),
    ("12:05 May 3, 2024", "en", "US", "2024-05-03"),
    ("03 May 2024, 03:47 PM IST", "en", "IN", "2024-05-03T15:47:00+05:30"),
    ("03/05/2024", "en", "GB", "2024-05-03"),
    ("03/05/2024", "en", "US", "2024-03-05"),
    ("13/05/2024", "en", "US", "2024-05-13"),
    ("5/3/24", "en", "US", "2024-05-03"),
    ("发布时间：19-10-08", "zh", None, "2019-10-08"),
    ("24.05.03 15:47", "ko", "KR", "2024-05-03"),
    ("08.05.2019", "en", None, "2019-05-08"),
    ("08/05/2019", "en", None, "2019-08-05"),
    ("19-10-08", "nl", "NL", "2008-10-19"),
    ("3. Mai 2024, 15.47 Uhr", "de", "DE", "2024-05-03"),
    ("Stand: 03.05.2024 15:47 Uhr", "de", "DE", "2024-05-03"),
    ("3. Jänner 2024", "de", "AT", "2024-01-03"),
    ("Vendredi 03 Mai 2024 à 15h47", "fr", "FR", "2024-05-03"),
    ("1er août 2024", "fr", "FR", "2024-08-01"),
    ("Publié le 3 aout 2024", "fr", "FR", "2024-08-03"),
    ("el 3 de mayo de 2024 a las 10:30h", "es", "ES", "2024-05-03"),
    ("3 de setiembre de 2024", "es", "PE", "2024-09-03"),
    ("3 de maio de 2024", "pt", "BR", "2024-05-03"),
    ("3 maggio 2024 alle 10:30", "it", "IT", "2024-05-03"),
    ("vrijdag 3 mei 2024", "nl", "NL", "2024-05-03"),
    ("7. november 2023 kl. 10.20", "da", "DK", "2023-11-07"),
    ("3 maj 2024", "sv", "SE", "2024-05-03"),
    ("3. toukokuuta 2024", "fi", "FI", "2024-05-03"),
    ("3 kwietnia 2024", "pl", "PL", "2024-04-03"),
    ("17 listopada 2023", "pl", "PL", "2023-11-17"),
    ("17. listopada 2023.", "hr", "HR", "2023-10-17"),
    ("3. 5. 2024", "cs", "CZ", "2024-05-03"),
    ("3. května 2024", "cs", "CZ", "2024-05-03"),
    ("2024. május 3., 12:30", "hu", "HU", "2024-05-03"),
    ("2024 m. gegužės 3 d.", "lt", "LT", "2024-05-03"),
    ("3 мая 2024, 10:00 МСК", "ru", "RU", "2024-05-03T10:00:00+03:00"),
    ("3 травня 2024", "uk", "UA", "2024-05-03"),
    ("3 май 2024", "bg", "BG", "2024-05-03"),
    ("3 Mayıs 2024", "tr", "TR", "2024-05-03"),
    ("Πέμπτη, 3 Μαΐου 2024, 10:10", "el", "GR", "2024-05-03"),
    ("3 مايو 2024", "ar", "EG", "2024-05-03"),
    ("٣ أيار ٢٠٢٤", "ar", "LB", "2024-05-03"),
    ("3 كانون الثاني 2024", "ar", "SY", "2024-01-03"),
    ("۱۴ اردیبهشت ۱۴۰۳", "fa", "IR", "2024-05-03"),
    ("1 فروردین 1400", "fa", "IR", "2021-03-21"),
    ("30 اسفند 1399", "fa", "IR", "2021-03-20"),
    ("۱۴۰۳/۰۲/۱۴", "fa", "IR", "2024-05-03"),
    ("14/2/1403 - 10:30", "fa", "IR", "2024-05-03"),
    ("2024/05/03", "fa", "IR", "2024-05-03"),
    ("3 במאי 2024", "he", "IL", "2024-05-03"),
    ("3 मई 2024 अपराह्न 3:47", "hi", "IN", "2024-05-03"),
    ("3 พฤษภาคม 2567", "th", "TH", "2024-05-03"),
    ("thứ sáu, 3 tháng 5, 2024, 10:00 (GMT+7)", "vi", "VN", "2024-05-03T10:00:00+07:00"),
    ("3 Mei 2024 | 10:00 WIB", "id", "ID", "2024-05-03T10:00:00+07:00"),
    ("2024年5月3日 15時47分", "ja", "JP", "2024-05-03"),
    ("令和6年5月3日", "ja", "JP", "2024-05-03"),
    ("平成元年1月8日", "ja", "JP", "1989-01-08"),
    ("民國113年5月3日", "zh", "TW", "2024-05-03"),
    ("2024-05-03 10:00", "zh", "CN", "2024-05-03"),
    ("2024년 5월 3일 오후 3:47", "ko", "KR", "2024-05-03"),
    ("3 septhemba 2024", "zu", "ZA", "2024-09-03"),
    ("3 d'abril de 2024", "ca", "ES", "2024-04-03"),
    ("17 August 2023", None, None, "2023-08-17"),
    ("17 августа 2023", None, None, "2023-08-17"),
]


@pytest.mark.parametrize(("text", "language", "country", "told"), CASES, ids=[c[0] for c in CASES])
def test_printed(text, language, country, told):
    found = list(find_dates(text, language, country))
    assert [p.moment.text() for p in found] == [told]
    start, end = found[0].span
    assert text[start:end].strip() == text[start:end]


@pytest.mark.parametrize(
    "text",
    [
        "yesterday at 5:30",
        "call 020 7946 0018",
        "version 1.2.3.4",
        "5 of 10 people may win 2024 euros",
        "3 May",
        "May 2024",
        "31 February 2024",
        "10.000 m 2024",
        "",
    ],
)
def test_what_is_no_date(text):
    assert list(find_dates(text, "en", "GB")) == []


def test_a_guess_at_the_order_is_marked():
    (unknown,) = find_dates("03/05/2024", "en", None)
    (known,) = find_dates("03/05/2024", "en", "GB")
    (plain,) = find_dates("13/05/2024", "en", None)
    assert (unknown.moment.guessed, known.moment.guessed, plain.moment.guessed) == (True, False, False)


def test_afternoons():
    (korean,) = find_dates("2024년 5월 3일 오후 3:47", "ko", "KR")
    (american,) = find_dates("May 3, 2024, 3:47 p.m.", "en", "US")
    assert korean.moment.wall == american.moment.wall == "2024-05-03T15:47"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Stand 02.03.2019, 04.05.2020", ["2019-03-02", "2020-05-04"]),
        ("02.03.2019 10.30 Uhr, 04.05.2020 11.45 Uhr", ["2019-03-02T10:30", "2020-05-04T11:45"]),
        ("Photo: Ann Lee, 02.03. 2019", ["2019-03-02"]),
    ],
)
def test_day_and_month_of_one_date_are_no_time_of_another(text, told):
    assert [p.moment.wall or p.moment.date for p in find_dates(text, "de", "DE")] == told


def test_several_dates_in_one_line():
    found = find_dates("Published 3 May 2024, updated 5 May 2024 at 10:00 GMT", "en", "GB")
    assert [p.moment.text() for p in found] == ["2024-05-03", "2024-05-05T10:00:00Z"]


LOCALES = "en en_GB de fr es it pt nl sv da nb fi pl cs sk hu ro bg ru uk tr el ar fa he hi id vi ja ko zh ca hr sl et lt lv".split()


@given(st.sampled_from(LOCALES), st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["long", "medium"]))
def test_what_the_cldr_prints_is_read_back(locale, day, width):
    if (locale, width) in {("fa", "long"), ("fa", "medium"), ("th", "long")}:
        return
    language, _, country = locale.partition("_")
    text = format_date(day, width, locale=locale)
    defaults = {"en": "US", "ar": "EG"}
    found = list(find_dates(text, language, country or defaults.get(language)))
    assert [p.moment.day for p in found] == [day], text


@given(st.text(max_size=LONGEST + 50), st.sampled_from(["en", "fa", None]))
def test_no_text_breaks_the_reader(text, language):
    for found in find_dates(text, language):
        start, end = found.span
        assert 0 <= start < end <= len(text)


def test_the_solar_calendar_runs_without_a_gap():
    """Every day of a century of the Solar Hijri calendar follows the one before."""
    names = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
    last = None
    for year in range(1375, 1412):
        for month, name in enumerate(names, 1):
            (first,) = find_dates(f"1 {name} {year}", "fa", "IR")
            if last is not None:
                gap = (first.moment.day - last).days
                assert gap == 31 if 2 <= month <= 7 else gap in (29, 30), (year, month)
            last = first.moment.day
    assert last is not None
    assert last in (date(2033, 2, 19), date(2033, 2, 20)), "the first of Esfand 1411, a month before Nowruz"


def test_a_page_in_another_language_than_it_says_still_tells_its_date():
    assert [p.moment.date for p in find_dates("26, Abril, 2022", "en")] == ["2022-04-26"]


def test_arabic_months_without_their_hamza_and_with_two_names():
    assert [p.moment.date for p in find_dates("28 آب/اغسطس 2013", "ar")] == ["2013-08-28"]
