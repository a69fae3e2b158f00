import type { ActionProps, IntegrationProps } from '../bp'
import { isRefusal } from '../problems'
import { wire, type Deps } from '../wiring'

type Name = keyof ActionProps
type Input<N extends Name> = ActionProps[N]['input']
type Output<N extends Name> = Awaited<ReturnType<IntegrationProps['actions'][N]>>

type Action<N extends Name> = {
  /** How long the caller waits, in milliseconds. */
  ms: number
  /** What did not work, as the log has it. */
  failed: string
  act: (input: Input<N>, deps: Deps) => Promise<Output<N>>
  /** The answer to an error that has no sentence yet: mostly a refusal that is thrown. */
  answerTo: (error: unknown, deps: Deps, input: Input<N>) => Output<N> | Promise<Output<N>>
}

/** What all actions have in common: a time limit, a line in the log for what failed, and a sentence for the caller. */
export function action<N extends Name>({ ms, failed, act, answerTo }: Action<N>) {
  return async (props: ActionProps[N]): Promise<Output<N>> => {
    const deps = wire(props, ms)
    try {
      return await act(props.input, deps)
    } catch (error) {
      deps.log.failed(failed, error)
      if (isRefusal(error)) throw error
      return answerTo(error, deps, props.input)
    }
  }
}
