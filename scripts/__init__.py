"""Programs that serve the project itself: pages, the vendored parts, pictures, the browser."""
