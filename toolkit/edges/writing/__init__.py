"""What leaves: workbooks and papers."""
