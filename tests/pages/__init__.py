"""Pages under Streamlit's own test runner."""
