"""`python -m trade.api > docs/openapi.json`."""

import json

from trade.api.openapi import document

print(json.dumps(document(), ensure_ascii=False, indent=1))
