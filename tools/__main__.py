"""Write every generated page: `make docs`."""

from tools import errors_docs, lifecycle_docs, platforms_docs, settings_docs, traps_docs

PAGES = (settings_docs, errors_docs, platforms_docs, lifecycle_docs, traps_docs)

if __name__ == "__main__":
    for page in PAGES:
        page.TARGET.write_text(page.render())
        print(f"wrote {page.TARGET.name}")
