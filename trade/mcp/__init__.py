"""The Model Context Protocol: measures, charts, claims and SQL as tools of an assistant. docs/mcp.md describes it."""
