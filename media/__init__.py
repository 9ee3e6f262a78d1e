"""An edge: media bytes. Looking into files, keeping them, and signing the addresses under which they are served."""
