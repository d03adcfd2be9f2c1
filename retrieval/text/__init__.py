"""Text as everything else sees it: characters made canonical, sentences, tokens, languages, syllables."""
