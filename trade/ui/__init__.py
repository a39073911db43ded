"""What several pages share: navigation, scope (filters and URL), cached queries, the chart frame, cards, errors."""
