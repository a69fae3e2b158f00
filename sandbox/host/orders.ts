/** What the parent of a process says to it, over the channel between them. */
export type Order =
  | {
      do: 'begin'
      /** Path of the bundle. */
      bundle: string
      /** Added to the environment. */
      env: Record<string, string>
      /** 0: a free one. */
      port: number
      number?: number
    }
  /** Finish what runs, and listen no more. */
  | { do: 'rest' }

/** What the process answers: `resting` after its last request, and `quiet` when no timer is left that could still act. */
export type Report = { now: 'listening'; port: number } | { now: 'resting' } | { now: 'quiet' }
