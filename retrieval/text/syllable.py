"""Vietnamese syllables: an onset that there is, and a rhyme that there is."""

from functools import lru_cache

import regex

from retrieval.text.analyzer import fold

# Without accents, as fold() leaves it: "qu" and "gi" are onsets. Few rhymes that are in no dictionary pass.
_SYLLABLE = regex.compile(
    """(?x)
    (?: [bcdghklmnprstvx] | ch | gh | gi | kh | ng | ngh | nh | ph | qu | th | tr )?
    (?:
        [aeiouy]
      | a(?: c | ch | i | m | n | ng | nh | o | p | t | u | y )
      | e(?: c | ch | m | n | ng | nh | o | p | t | u )
      | i(?: a | c | ch | m | n | ng | nh | p | t | u | ec | em | en | eng | ep | et | eu )
      | o(?: a | c | e | i | m | n | ng | p | t | ac | ach | ai | am | an | ang | anh | ao | ap | at | ay
             | en | eo | et | oc | ong )
      | u(?: a | c | e | i | m | n | ng | o | p | t | u | y | an | ang | at | au | ay | ech | enh | oc | oi
             | om | on | ong | op | ot | ou | ya | ych | yen | yet | ynh | yt | yu )
      | y(?: ch | nh | p | t | em | en | eng | et | eu )
    )
    """
)


@lru_cache(maxsize=1 << 14)
def is_syllable(word: str) -> bool:
    """Tell whether *word*, a term, could be Vietnamese; its accents are not looked at."""
    return _SYLLABLE.fullmatch(fold(word)) is not None
