/* ---
title = "Policy events"
unit = "events"
definition = "Dated decisions on tariffs, export controls, rebates, agreements and programmes that affect China's goods trade, each with the page that reports it."
formula = "the events listed, by date"
tex = '''\{\,(d, e)\,\}'''
reference = "The page named in each row"
caveats = [
    "A list of the events collected, not of all that happened; no effect on trade is claimed or computed.",
    "Tariff measures of the United States come from a registry that ends in February 2026; exceptions and changes of scope without a rate were left out.",
    "Dates may be of a decision, an announcement or the entry into force, as the text says.",
    "upcoming means later than the newest month with customs figures.",
]

[parameters.topic]
domain = ["all", "tariff", "export control", "law", "rebate", "zero tariff", "agreement", "programme"]
default = "all"
help = "Kind of event."
[parameters.partner]
domain = "economy"
help = "Only events that concern China's trade with this partner, with a group it belongs to, or with all partners."
[parameters.imposed_by]
domain = "economy"
help = "Only decisions of this economy (CHN, USA); agreements of several have none."
[parameters.first]
domain = "period"
help = "First year or month to show."
[parameters.last]
domain = "period"
help = "Last year or month to show."
--- */
WITH newest AS (
    SELECT max(period) AS period FROM total_trade WHERE freq = 'M'
)
SELECT
    date AS period, CAST(date || substr('-01-01', length(date) - 3) AS DATE) AS period_start, topic, event, detail, imposed_by, concerns,
    left(date, 7) > newest.period AS upcoming, newest.period AS newest_figures, note, source_id, source_title, source_url, published
FROM fact.policy_event, newest
WHERE ($topic = 'all' OR topic = $topic) AND ($imposed_by IS NULL OR imposed_by = $imposed_by)
    AND ($partner IS NULL OR concerns IS NULL OR concerns = $partner OR concerns IN (SELECT group_code FROM group_member WHERE economy = $partner))
    AND in_span(date, $first, $last)
ORDER BY date, event
