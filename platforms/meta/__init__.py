"""What Facebook and Instagram share: the Graph API's client, its error tables, its settings."""
