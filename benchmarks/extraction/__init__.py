"""How well web pages are read: pages of our own with what should come of them, beside other readers."""
