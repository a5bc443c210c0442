"""What a person presses: buttons, menus and forms. Their state is in their custom_id, so a restart loses nothing."""
