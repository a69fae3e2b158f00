/** Where the integration runs: in processes that always run, or in a pool of frozen ones. */
export type Host = {
  /** Where the platform sends its calls, one address after the other. */
  readonly urls: readonly string[]
  /** Everything that all its processes have written so far, those that are gone included, in the order of writing. */
  output(): string
  /** From now on no process remembers anything. */
  forget(): Promise<void>
  /** Ends all processes at once, in the middle of whatever they do, and starts new ones. */
  restart(): Promise<void>
  /** Lets running requests finish, at most 2 s. Where nothing else is under way, `isQuiet`, a process may be used again. */
  stop(isQuiet?: boolean): Promise<void>
}
