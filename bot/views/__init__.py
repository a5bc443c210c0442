"""What a person presses. The state of buttons and menus is in their custom_ids, so a restart loses nothing."""
