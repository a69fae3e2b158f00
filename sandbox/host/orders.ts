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

/** What the process answers. */
export type Report =
  /** It listens. */
  | { port: number }
  /** It rests. Quiet: no timer is left that could still act. */
  | { isQuiet: boolean }
