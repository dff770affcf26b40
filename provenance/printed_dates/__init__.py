"""Dates as newspapers print them, in the languages of the Unicode CLDR.

`3 May 2024`, `May 3rd, 2024`, `3. Mai 2024, 15.47 Uhr`, `el 3 de mayo de 2024`, `2024. május 3.`, `03/05/2024` (in
the order of the country), `2024年5月3日`, `令和6年5月3日`, `3 tháng 5, 2024`, `۱۴ اردیبهشت ۱۴۰۳`, Thai Buddhist years.
A text is read in its page's language and in English; where no language is known, in all that agree on a name.
"""

from __future__ import annotations

from provenance.printed_dates.reading import LONGEST, find_dates, hints
from provenance.printed_dates.tables import Printed, order_for

__all__ = ["LONGEST", "Printed", "find_dates", "hints", "order_for"]
