// What the integration promises, and relies on, about time. Everything is in milliseconds.

/**
 * How long a bot or the plugin waits for an action, and Botpress for a message: about 60 s. The answer is on its way well
 * before that.
 */
export const ACTION_MS = 48_000

/** The same for an action that a flow asks while its customer waits for the answer. */
export const QUESTION_MS = 15_000

/** LiveChat waits about 10 s for the answer to a webhook, then sends it again. */
export const WEBHOOK_MS = 7_500

/** For how long LiveChat repeats a webhook that was not answered with 200. */
export const WEBHOOK_REPEATED_FOR_MS = 60_000

/** The longest wait for one answer of Botpress. Its own client waits 60 s, longer than anybody waits for us. */
export const BOTPRESS_CALL_MS = 20_000

/** The longest wait for something that is good to know and not needed, such as a name. */
export const PATIENCE_MS = 3_000

/** How long a customer's lease is held at most: as long as the request that took it may run, and a little for its last call. */
export const LEASE_MS = 9_000

/** Clocks of two processes may differ by this much. */
export const CLOCK_SKEW_MS = 2_000

/**
 * For how long the copy of a session shows who is in the chat. Were it longer, the words of an agent who left and came back
 * could overtake those that another process is just announcing; were it shorter, a quick talk would cost a look for each word.
 */
export const COPY_COUNTS_MS = 10_000

/** A start may be under way for this long; afterwards what it left behind is an orphan. */
export const START_MAY_TAKE_MS = 90_000

/** A handoff in which nobody wrote for this long gives way to a new one of the same customer. */
export const ALIVE_MS = 5 * 60_000
