"""Where the assistant talks: one package per platform, payloads in and out, no rule of support."""
