"""Pictures: a comparison, a rank over time, what tools have in common; drawn beside the event loop."""
