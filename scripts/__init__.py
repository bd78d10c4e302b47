"""Programs for the development of the project: generated pages, language check, vendored files, screenshots."""
