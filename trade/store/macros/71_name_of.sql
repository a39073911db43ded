-- The name of a code in a language, from the first of `domains` that has it; else the code itself with the text `unknown`
-- before it. If `a_code` is a column, qualify it with its table.
CREATE MACRO name_of(domains, a_code, a_lang, unknown := '') AS
    coalesce(
        (
            SELECT arg_min(known.name, list_position(domains, known.domain)) FROM name AS known
            WHERE list_contains(domains, known.domain) AND known.code = a_code AND known.lang = a_lang
        ),
        unknown || a_code
    );
