"""What the office keeps in templates/."""
