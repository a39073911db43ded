-- one row per kind of code, code and language: its name, also for sums that no list names
-- key: domain, code, lang
--
-- Kinds (domain) are economy, group, product, headline good, area and service, the editions of the Harmonized System, and
-- kinds for rows that measures add: goods and world for all measures, or the kind of a single measure.
WITH named AS (
    SELECT 'economy' AS domain, economy AS code, name_en AS en, name_zh AS zh FROM fact.economy
    UNION ALL
    SELECT 'group', group_code, name_en, name_zh FROM fact.economy_group
    UNION ALL
    SELECT 'product', product, name_en, name_zh FROM fact.product
    UNION ALL
    SELECT 'headline good', product, name_en, name_zh FROM fact.headline_good
    UNION ALL
    SELECT 'area', area, name_en, name_zh FROM fact.index_area
    UNION ALL
    SELECT 'service', item, item, name_zh FROM fact.service_item
    UNION ALL
    SELECT classification, code, name_en, name_zh FROM hs_code
    UNION ALL
    SELECT 'world', 'world', 'World', '世界'
    UNION ALL
    SELECT 'goods', 'world', 'All goods', '全部商品'
    UNION ALL
    SELECT 'goods', 'all', 'All goods', '全部商品'
    UNION ALL
    SELECT 'goods', 'residual', 'Not listed', '未列名商品'
    UNION ALL
    SELECT 'contribution', 'rest', 'All other partners', '其他伙伴'
    UNION ALL
    SELECT 'contribution', 'residual', 'Residual', '余项'
    UNION ALL
    SELECT 'effect', 'market', 'Markets grew faster or slower', '市场效应'
    UNION ALL
    SELECT 'effect', 'product', 'Products grew faster or slower', '产品效应'
    UNION ALL
    SELECT 'effect', 'mixed', 'Markets and products together', '混合效应'
    UNION ALL
    SELECT 'effect', 'own', 'Own share within markets', '自身效应'
    UNION ALL
    SELECT 'effect', 'interaction', 'Own share in markets that grew or shrank', '交互效应'
    UNION ALL
    SELECT 'effect', 'world', 'Change of the share in world exports', '世界份额变化'
    UNION ALL
    SELECT 'grubel_lloyd', 'listed', 'All items that can be added', '全部可加总商品'
    UNION ALL
    SELECT 'high_tech', 'statement', 'As stated', '新闻发布口径'
    UNION ALL
    SELECT 'high_tech', 'catalogue', 'Catalogue', '海关目录口径'
    UNION ALL
    SELECT 'hs_purchases', 'world', 'All buyers', '全部买方'
    UNION ALL
    SELECT 'mirror_gap', 'world', 'All compared partners', '全部可比伙伴'
    UNION ALL
    SELECT 'new_three', 'rest', 'Rest of the row', '其余'
    UNION ALL
    SELECT 'scenario', 'world', 'All markets', '全部市场'
    UNION ALL
    SELECT 'share', unnest(['none', 'antarctica']), 'No continent', '不属各洲'
    UNION ALL
    SELECT 'tariffs', 'others', 'Rest of the world', '世界其他经济体'
)
SELECT domain, code, 'en' AS lang, en AS name FROM named WHERE en IS NOT NULL
UNION ALL
SELECT domain, code, 'zh', zh FROM named WHERE zh IS NOT NULL
ORDER BY domain, lang, code
