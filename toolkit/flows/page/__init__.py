"""What the page on this computer shows and does: reads of workspace and ledger, and deeds that write to them."""
