"""Growth of time and memory with the collection, beside the engines people would pick instead.

    python -m benchmarks.growth [CORPUS [QUERIES]] [--sizes 10000,100000,all] [--before COMMIT]
                                [--work FOLDER [--prepare]] [--out FOLDER]

CORPUS and QUERIES are JSON lines as for ``hoibao eval``; by default EVAL_DIR/scale_news is used. Sizes are
passages; ``--sizes 1000000`` mixes what the corpus lacks (``mixing``). ``--before`` measures the version of a
commit in the same run. ``material`` cuts articles into passages and these into terms, once for all runs in
the same ``--work``; ``--prepare`` does so before the machine is quiet, and builds what is large (``built``).
Every engine (``engines``, ``contest``) gets the same terms, and builds and asks in processes of its own
(``ranking``). ``service`` measures what only Hỏi Báo does: whole answers (``answering``), reloads and
questions meanwhile (``renewing``); ``benchmarks.stages`` a question's stages. All figures (``measured``) are
kept in ``results.json``, from which ``python -m benchmarks.growth.report`` writes the report again.
"""
