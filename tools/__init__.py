"""What keeps generated files true: run as `python -m tools.<name>` from the checkout; no part of the product."""
