"""Text without models: offsets, normal forms, sentences, word lists, calendar."""
