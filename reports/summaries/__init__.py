"""What the observations add up to: counts, series, and passages for and against.

summarise(unit, window, kind_of_work="")     -> Summary: every count of a page or a briefing
counted_row(unit, window, theme=… or criterion=…)  -> one of its rows, without the rest
by_clause(unit, window, standard)            -> ByClause: the same, by a standard's clauses
criterion_series(unit, criterion, window, months=24)  -> Series of evident or strong a month
theme_series(unit, theme, stance, window, months=24)  -> Series of passages a month
change_words(now, before)                    -> a CriterionRow or ThemeRow against the one before
then_and_now(summary)                        -> [ThenAndNow]: each criterion against the one before
risk_words(summary)                          -> what share named a harm before, and what became of it
risk_change(risk)                            -> Change: a RiskTalk against the one before
families_words(unit, window, kind_of_work="") -> [Quotable], the newest words of families' cards
passages_for(unit, window, theme=… or criterion=…, side=…) -> Passages
not_seen_lately(unit, on=None)               -> [LastSeen], longest ago first
why_called_off(unit, window, kind_of_work="")  -> [(reason, how many)] of planned visits
"""

from reports.summaries.clause_words import clause_words, in_short_by_clause, when_it_held
from reports.summaries.clauses import by_clause
from reports.summaries.counting import count_observations, counted_row, summarise
from reports.summaries.coverage import not_seen_lately, why_called_off
from reports.summaries.families import families_words
from reports.summaries.passages import (
    OPPOSITE,
    as_quotable,
    every_passage,
    passages_for,
    quoted_at,
)
from reports.summaries.series import criterion_series, theme_series
from reports.summaries.shape import Passages, Quotable, Series, Summary
from reports.summaries.then_and_now import risk_change, then_and_now
from reports.summaries.words import (
    change_words,
    how_far_to_trust,
    in_short,
    last_seen_words,
    risk_words,
)

__all__ = [
    "OPPOSITE",
    "Passages",
    "Quotable",
    "Series",
    "Summary",
    "as_quotable",
    "by_clause",
    "change_words",
    "clause_words",
    "count_observations",
    "counted_row",
    "criterion_series",
    "every_passage",
    "families_words",
    "how_far_to_trust",
    "in_short",
    "in_short_by_clause",
    "last_seen_words",
    "not_seen_lately",
    "passages_for",
    "quoted_at",
    "risk_change",
    "risk_words",
    "summarise",
    "theme_series",
    "then_and_now",
    "when_it_held",
    "why_called_off",
]
