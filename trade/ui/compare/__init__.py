"""What belongs to the page Compare."""
