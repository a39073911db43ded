"""The dashboard and its HTTP API: `streamlit run app.py`. Pages are scripts in `pages/`, addresses in `trade/api/`.

Streamlit imports this file once, for the server, and runs it as a script for every user.
"""

import streamlit as st

if __name__ == "__main__":
    from trade.ui.core import navigation

    navigation.run()
else:
    from trade.api import service
    from trade.ui.core import browser_components, runtime_metrics, warmup

    st.App(__file__)  # from here on the settings beside this file count, whoever starts the server
    base, scripts = st.get_option("server.baseUrlPath"), browser_components.texts()
    served = service("overview", runtime_metrics.read, base, runtime_metrics.uploads, scripts)
    app = st.App(__file__, routes=served.routes, middleware=served.middleware, lifespan=warmup.lifespan)
