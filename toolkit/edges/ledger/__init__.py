"""The ledger: opened, read, written, checked and moved."""
