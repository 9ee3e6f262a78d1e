"""Instagram professional accounts that are linked to a Facebook Page."""
