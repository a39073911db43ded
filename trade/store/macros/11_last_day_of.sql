-- The last day that a date of any precision may mean: 2026 -> 2026-12-31, 2026-01 -> 2026-01-31. Text, for comparing.
CREATE MACRO last_day_of(published) AS published || right('-12-31', 10 - length(published))
