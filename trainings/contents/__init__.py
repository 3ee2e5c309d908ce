"""What is true of contents whatever the site: fingerprints, scenario graphs, draws of questions, grades."""
