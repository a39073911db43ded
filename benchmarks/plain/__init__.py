"""The pages as anybody would first write them: tables loaded once, pandas for numbers, Plotly Express for charts.

Same questions, same controls, as many charts and tables; without definitions, sources, sentences, downloads and
languages. They are the yardstick of `trade bench`, nothing else: no figure of the dashboard comes from here.
"""
