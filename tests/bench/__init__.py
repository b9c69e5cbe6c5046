"""Benchmarks: ratios measured side by side in one run, never seconds that depend on the machine."""
