"""X, read and posted to over its API v2; reading is paid for."""
