"""Benchmarks: ratios measured side by side in one run, never seconds, and how often what is found is right."""
