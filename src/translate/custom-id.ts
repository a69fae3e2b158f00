/**
 * Every event that we write carries a `custom_id` with this prefix. LiveChat gives our own words back in webhooks; the
 * prefix distinguishes them from an agent's.
 */
export const CUSTOM_ID_PREFIX = 'hitl-'

/** The kinds of notes to agents, as they stand in the ids of notes. */
export type NoteKind = 'note' | 'unheard' | 'back'

/** The id of a note: it says whether one of this kind was sent in the thread. */
export const noteId = (kind: NoteKind, threadId: string) => `${CUSTOM_ID_PREFIX}${kind}-${threadId}`

const NOTE_ID = new RegExp(`^${CUSTOM_ID_PREFIX}(?:note|unheard|back)-`)

export const isNoteId = (customId: string) => NOTE_ID.test(customId)
