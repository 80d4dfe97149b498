"""Narrate: a written article in, a chaptered, many-voiced audio edition out."""
