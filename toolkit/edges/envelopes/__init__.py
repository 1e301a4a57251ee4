"""What workbooks come in."""
