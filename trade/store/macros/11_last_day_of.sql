-- The last day of a date of any precision, as text for comparison: 2026 -> 2026-12-31, 2026-01 -> 2026-01-31.
CREATE MACRO last_day_of(published) AS published || right('-12-31', 10 - length(published))
