"""Stories: an ordered list of views with a headline and speaker notes each, and the handouts made of them.

A story is a TOML file (`stories/2025.toml`) or the same text, compressed, in a link. `story` reads and writes both;
`page` and `deck` put a handout together from `Slide`s, which the pages' own charts fill (`trade.ui.core.handout`).
"""
