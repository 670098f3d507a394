"""The suites: one for the landing batch, one per raw table, one per mart."""
