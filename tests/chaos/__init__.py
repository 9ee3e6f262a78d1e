"""Chaos: publications under way while everything around them dies, judged by the platform's ledger."""
