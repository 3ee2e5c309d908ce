"""The roof: tokens, components, layouts, icons and the gallery. No models, imports nothing of ours."""
