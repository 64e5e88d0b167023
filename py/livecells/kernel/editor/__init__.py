"""What Python knows for the editor: completion and the help at the cursor."""
