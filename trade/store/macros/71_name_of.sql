-- The name of a code in a language, from the first of the kinds of `name` that knows it; of one that none knows the code
-- itself, with the word `unknown` before it. Where `a_code` is a column its table has to be named.
CREATE MACRO name_of(domains, a_code, a_lang, unknown := '') AS
    coalesce(
        (
            SELECT arg_min(known.name, list_position(domains, known.domain)) FROM name AS known
            WHERE list_contains(domains, known.domain) AND known.code = a_code AND known.lang = a_lang
        ),
        unknown || a_code
    );
