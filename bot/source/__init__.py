"""Year pages and newsletter feed over conditional GET."""
