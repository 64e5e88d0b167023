"""Each sentence of the article has a claim that checks it, or a reason why none can."""

from __future__ import annotations

import polars as pl

from trends import claims, data

STATEMENTS = data.load("statements")


def test_sentences_are_counted_through() -> None:
    assert STATEMENTS["number"].to_list() == list(range(1, STATEMENTS.height + 1))


def test_each_has_either_claims_or_a_reason() -> None:
    both_or_neither = pl.col("claims").is_null() == pl.col("reason").is_null()
    assert STATEMENTS.filter(both_or_neither).is_empty()


def test_each_claim_checks_a_sentence() -> None:
    named = STATEMENTS["claims"].drop_nulls().str.split("; ").explode()
    assert set(named) == {claim.id for claim in claims.all_claims()}


def test_each_sentence_stands_with_a_chapter() -> None:
    assert set(STATEMENTS["chapter"]) <= set(claims.chapters())
