"""Sources on the web: sites, feeds and pages that are followed, and what each visit gave."""
