"""On the tiny store or the store of the bundled facts: measures, panels, claims, imports, builds."""
