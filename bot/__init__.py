"""Discord's side and the command line: client, screens, embeds, views, settings, the demo."""
