/**
 * Every event that we write carries a `custom_id` with this prefix. LiveChat gives our own words back in webhooks; the
 * prefix distinguishes them from an agent's.
 */
export const CUSTOM_ID_PREFIX = 'hitl-'
