"""The HTML report, the SVG picture and the live server.

In: `Evidence` and `Graph`. Out: one HTML file without network requests, or the same page served.
Read render.py first.
"""
