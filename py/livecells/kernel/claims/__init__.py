"""Claims that are checked: their words, their checks as cells, the ledger and the receipt."""
