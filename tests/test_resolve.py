"""One candidate beats another by weight and by independent support, and losers keep their reason."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Candidate, CapturePlace, Match, Note
from provenance.resolve import resolve
from provenance.rules.policy import Policy, never_clash


def reading(rule, value, weight=0.5, source="meta", refused=None):
    return Candidate("headline", rule, Match(str(value), source, CapturePlace("url")), value, weight, refused=refused)


def test_the_heavier_rule_wins_and_the_loser_says_by_whom_it_was_beaten():
    choice = resolve("headline", [reading("a/low", "One", 0.4), reading("a/high", "Two", 0.6)])
    assert choice.value == "Two"
    assert [(c.value, why) for c, why in choice.rejected] == [("One", "outvoted by a/high")]


def test_three_copies_in_metadata_are_one_witness_and_do_not_beat_a_heavier_rule():
    copies = [reading(f"m/{i}", "Meta", 0.5) for i in range(3)]
    assert resolve("headline", [*copies, reading("v/h", "Shown", 0.55, "visible-text")]).value == "Shown"


def test_another_kind_of_source_that_says_the_same_supports():
    found = [
        reading("v/h1", "Kicker", 0.6, "visible-text"),
        reading("v/h2", "The «Headline»", 0.55, "visible-text"),
        reading("m/og", "The headline!", 0.3),
    ]
    choice = resolve("headline", found)
    assert choice.value == "The «Headline»"
    assert [c.rule for c in choice.agrees] == ["m/og"]
    assert not choice.notes


def test_a_refused_candidate_never_wins_and_keeps_its_own_reason():
    choice = resolve(
        "headline", [reading("a/x", "Best", 1.0, refused="is the site's name"), reading("a/y", "Rest", 0.1)]
    )
    assert choice.value == "Rest"
    assert choice.rejected[0][1] == "is the site's name"


def test_nothing_usable_gives_an_empty_choice_with_its_losers():
    choice = resolve("headline", [reading("a/x", "Best", refused="no")])
    assert choice.chosen == ()
    assert choice.value is None
    assert len(choice.rejected) == 1


def test_independent_kinds_that_disagree_are_a_conflict_and_the_choice_is_inferred():
    choice = resolve("headline", [reading("v/h1", "One", 0.7, "visible-text"), reading("m/og", "Two", 0.6)])
    assert [n.code for n in choice.notes] == ["conflict/headline"]
    assert '"Two"' in choice.notes[0].message
    assert choice.chosen[0].inferred


def test_no_conflict_when_the_field_allows_both_or_the_other_is_too_weak():
    pair = [reading("v/h1", "One", 0.7, "visible-text"), reading("m/og", "Two", 0.6)]
    assert not resolve("headline", pair, Policy(clash=never_clash)).notes
    assert not resolve("headline", pair, Policy(heard=0.65)).notes


def test_a_list_takes_the_values_of_the_best_rule_once_each_in_its_order():
    found = [
        reading("k/meta", "b", 0.4),
        reading("k/json", "Z", 0.6),
        reading("k/json", "a", 0.6),
        reading("k/json", "z", 0.6),
    ]
    assert [c.value for c in resolve("keywords", found, Policy(single=False)).chosen] == ["Z", "a"]
    assert [c.value for c in resolve("keywords", found, Policy(single=False, union=True)).chosen] == ["Z", "a", "b"]


def test_a_policy_adds_its_own_notes():
    policy = Policy(check=lambda usable, chosen: (Note("x", f"{len(usable)} {chosen[0].value}"),))
    assert resolve("headline", [reading("a/a", "One")], policy).notes == (Note("x", "1 One"),)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from("xyz"),
            st.floats(0, 1),
            st.sampled_from(["meta", "visible-text", "url"]),
            st.booleans(),
        )
    )
)
def test_every_candidate_ends_in_exactly_one_place(rows):
    found = [reading(r, v, w, s, "no" if no else None) for r, v, w, s, no in rows]
    for policy in (Policy(), Policy(single=False), Policy(single=False, union=True)):
        choice = resolve("f", found, policy)
        places = [
            *(c.match for c in choice.chosen),
            *(c.match for c in choice.agrees),
            *(c.match for c, _ in choice.rejected),
        ]
        assert sorted(map(id, places)) == sorted(id(c.match) for c in found)
        assert bool(choice.chosen) == any(c.refused is None for c in found)
