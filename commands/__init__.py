"""One cog a feature: options in, one sentence, reply out."""
