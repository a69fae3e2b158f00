import type { Evidence } from '../evidence'
import { agentsWords } from './agents-words'
import { customersWords } from './customers-words'
import { ends } from './ends'
import { presence } from './presence'
import { starts } from './starts'
import type { Violation } from './violation'

/** Everything that went wrong in a session, as far as both platforms show it when all is over. */
export function judge(evidence: Evidence): Violation[] {
  return [agentsWords, customersWords, presence, ends, starts].flatMap((each) => each(evidence))
}
