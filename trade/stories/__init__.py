"""Stories: an ordered list of views with a headline and speaker notes each, how they are presented, and their handouts.

A story is a TOML file (`stories/2025.toml`) or the same text, compressed, in a link. `story` reads and writes both;
`slideshow` presents it; `handout` draws its steps, and `html_handout` and `pptx_handout` write them.
"""
