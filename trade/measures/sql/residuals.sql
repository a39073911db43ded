/* ---
title = "Accounting residuals"
unit = "% of what is allowed"
definition = "How far figures that must add up miss each other, at the place where they miss most; figures with a gap larger than allowed are not loaded."
formula = "r = 100 |x - expected| / allowed"
tex = '''r = 100\, \frac{\max |x - \hat{x}|}{\mathrm{allowed}}'''
reference = "The accounting identities checked whenever figures are loaded"
caveats = [
    "What is allowed is what rounding, or a known fault that the source prints, can leave.",
    "The gap is in the unit of its identity, which its title names or else is 10,000 yuan.",
]
--- */
WITH checked (identity, source_id) AS (
    VALUES
        ('10_partners_sum_to_world', 'gacc_partners'), ('11_partners_sum_to_continents', 'gacc_partners'),
        ('12_continents_sum_to_world', 'gacc_partners'), ('13_members_sum_to_bloc', 'gacc_partners'),
        ('14_partners_of_2024', 'gacc_partners'), ('15_reported_partners_of_2022', 'wits_china'), ('20_exports_plus_imports', 'gacc_releases'),
        ('21_table_meets_release', 'gacc_partners gacc_releases'), ('22_exports_plus_imports_press', 'gacc_releases'),
        ('23_yuan_months_meet_table', 'gacc_monthly_yuan gacc_partners'), ('24_quarters_meet_totals', 'gacc_partners gacc_releases'), ('30_months_sum_to_year', 'gacc_monthly_usd'), ('40_children_within_parent', 'gacc_commodities'),
        ('41_units_are_known', 'gacc_releases'), ('42_shares_meet_values', 'oecd_btige'), ('43_shares_within_one', 'cia_factbook'),
        ('50_services_sum_to_total', 'world_bank_services safe_services'), ('51_services_balance', 'mofcom_services safe_services'),
        ('52_index_mean_of_base_year', 'cpb_world_trade_monitor'), ('53_terms_of_trade', 'unctad_indices'),
        ('50_chapters_sum_to_groups', 'baci_chapters_hs92 baci_groups_hs92'),
        ('51_editions_agree_on_totals', 'baci_chapters_hs17 baci_groups_hs92'),
        ('52_goods_sum_to_chapters', 'baci_buyers_hs22 baci_chapters_hs17'), ('53_purchases_within_market', 'baci_buyers_hs22'),
        ('54_headings_balance', 'baci_headings_hs17'), ('55_sectors_sum_to_customs', 'wits_sectors'),
        ('56_no_more_than_the_world', 'baci_chapters_hs92')
)
SELECT identity, title, row_count, place, gap, tolerance, coalesce(100 * abs(gap) / nullif(tolerance, 0), 0) AS used_pct, source_id
FROM residual
LEFT JOIN checked USING (identity)
ORDER BY used_pct DESC, identity
