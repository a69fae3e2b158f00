/**
 * Something that our own code throws to say what has to happen next. It is handled where it is meant to be, and is no fault
 * of the code.
 */
export abstract class Signal extends Error {}
