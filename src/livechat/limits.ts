/**
 * Longest text of one message event, in UTF-8 bytes, not characters.
 * Agent Chat API v3.6, "Data structures", Message: "Max. raw text size is 16 KB". The page does not say if a KB is
 * 1000 or 1024 bytes; 16 000 is safe either way.
 */
export const MAX_TEXT_BYTES = 16_000

/** Largest file that `upload_file` takes, in bytes: the official Customer SDK refuses only more than this. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

/** How many initial events a chat is started with at the most. No limit is published [livechat.md: Starting a chat]. */
export const MAX_OPENING_EVENTS = 20

/** Longest list of session fields of a customer (`set_customer_session_fields`: "max 100 keys"). */
export const MAX_SESSION_FIELDS = 100
