"""Characters come in; canonical text, sentences and terms go out.

``canonical`` makes text canonical, ``sentence`` finds its sentences, ``analyzer`` its terms. ``language``,
``syllable``, ``region`` and ``keyboard`` know how people spell. See ``tests/text/test_analyzer.py`` for texts
and their terms.
"""
