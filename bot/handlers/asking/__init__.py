"""A question comes in, by any door; ``answering`` counts, searches and notes it, and the answer goes out."""
