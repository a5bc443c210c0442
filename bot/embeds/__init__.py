"""What a person sees: one noun a file, each a function from a domain object to an embed."""
