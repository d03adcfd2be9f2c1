"""The reading of web pages: pages of our own with what should come of them, beside other readers."""
