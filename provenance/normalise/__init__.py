"""Choices to one schema.org NewsArticle, and a claim for every value in it.

The record is flat, its properties stand in a fixed order, a slot that can repeat is always an array, and what is not
known is absent. Nothing is chosen here.
"""

from provenance.normalise.claims import Claim, Record
from provenance.normalise.record import ORDER, in_order, record_of

__all__ = ["ORDER", "Claim", "Record", "in_order", "record_of"]
